using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>Keeps a host from pipelines that it is not to take. The keys are read for each, so that one that is revoked needs no restart to be refused.</summary>
public sealed class ModelTrust(ModelTrustOptions options, ILogger? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;

    /// <summary>Judges a definition before it is read.</summary>
    /// <param name="folder">The pipeline's folder.</param>
    /// <param name="definition">The bytes of its <c>pipeline.json</c>.</param>
    /// <returns>What was found; null where no key is known.</returns>
    /// <exception cref="PipelineException">It is revoked, or not signed as it has to be; the message names the path, the key and the remedy.</exception>
    public SignatureVerdict? Require(string folder, ReadOnlySpan<byte> definition)
    {
        if (options.TrustedKeys is null)
        {
            return null;
        }

        var verdict = Verifier(folder).Judge(definition);
        if (verdict.State == SignatureState.Revoked || (verdict.State != SignatureState.Trusted && options.Policy == SignaturePolicy.Require))
        {
            throw new PipelineException(verdict.Finding);
        }

        if (verdict.State != SignatureState.Trusted)
        {
            Log.PipelineNotVouchedFor(_logger, verdict.Finding);
        }

        return verdict;
    }

    /// <summary>Judges the files of a definition that was read.</summary>
    /// <exception cref="PipelineException">One is revoked.</exception>
    public void RequireFiles(string folder, PipelineDefinition definition)
    {
        if (options.TrustedKeys is not null && Verifier(folder).JudgeFiles(definition) is { } verdict)
        {
            throw new PipelineException(verdict.Finding);
        }
    }

    private SignatureVerifier Verifier(string folder) => new(folder, TrustedKeys.Read(options.TrustedKeys!));
}

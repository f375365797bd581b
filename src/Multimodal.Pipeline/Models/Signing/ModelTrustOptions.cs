namespace Multimodal.Pipeline.Models.Signing;

/// <summary>Which pipelines a host takes, as its settings <c>Models__TrustedKeys</c> and <c>Models__RequireSignature</c> say.</summary>
public sealed record ModelTrustOptions
{
    /// <summary>The folder of the keys whose signatures are taken; null: none is known.</summary>
    public string? TrustedKeys { get; init; }

    /// <summary>What is done with pipelines that no trusted key signed.</summary>
    public SignaturePolicy Policy { get; init; }

    /// <summary>Reads the two settings, and the keys, so that what is wrong with them shows at the start.</summary>
    /// <param name="trustedKeys"><c>Models__TrustedKeys</c>; null or empty: no keys.</param>
    /// <param name="requireSignature"><c>Models__RequireSignature</c>: <c>none</c> or <c>require</c>; null or empty: <c>none</c>.</param>
    /// <exception cref="FormatException">A setting is none that can be used; the message names it.</exception>
    /// <exception cref="PipelineException">A key cannot be read.</exception>
    public static ModelTrustOptions Parse(string? trustedKeys, string? requireSignature)
    {
        var policy = requireSignature?.ToUpperInvariant() switch
        {
            null or "" or "NONE" => SignaturePolicy.None,
            "REQUIRE" => SignaturePolicy.Require,
            _ => throw new FormatException($"Models:RequireSignature is '{requireSignature}'; it must be none or require."),
        };
        var folder = string.IsNullOrEmpty(trustedKeys) ? null : Path.GetFullPath(trustedKeys);
        if (folder is not null && !Directory.Exists(folder))
        {
            throw new FormatException($"Models:TrustedKeys is '{trustedKeys}', which is no folder. Name the folder that holds the public keys (*.pub.pem).");
        }

        if (policy == SignaturePolicy.Require && (folder is null || Signing.TrustedKeys.Read(folder).Keys.Count == 0))
        {
            throw new FormatException(
                "Models:RequireSignature is 'require', and no key is known, so that no pipeline could be used. Put public keys (*.pub.pem) into a folder and name it by Models:TrustedKeys.");
        }

        return new ModelTrustOptions { TrustedKeys = folder, Policy = policy };
    }
}

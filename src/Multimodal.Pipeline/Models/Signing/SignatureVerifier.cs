using System.Security.Cryptography;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>Judges the signature of a pipeline.</summary>
/// <param name="folder">The pipeline's folder.</param>
/// <param name="keys">The keys whose signatures are taken.</param>
public sealed class SignatureVerifier(string folder, TrustedKeys keys)
{
    private const string SignAgain = "Look at what changed, and sign it again by: multimodal models sign NAME --key FILE";

    private readonly string _file = Path.Combine(folder, PipelineSignature.FileName);

    /// <summary>Judges it.</summary>
    /// <param name="definition">The bytes of <c>pipeline.json</c>, which are those that are used afterwards.</param>
    public SignatureVerdict Judge(ReadOnlySpan<byte> definition)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(definition));
        if (keys.IsRevoked(digest))
        {
            return Revoked($"{Path.Combine(folder, ModelRepository.DefinitionFile)} is revoked, which has SHA-256 {digest}. Take another version of the pipeline.");
        }

        try
        {
            return Read() is { } json
                ? Judge(json, digest)
                : new SignatureVerdict(SignatureState.Unsigned, $"{folder} is not signed. Sign it by: multimodal models sign NAME --key FILE");
        }
        catch (FormatException e)
        {
            return Wrong($"{_file} is of no use: {e.Message}. {SignAgain}");
        }
    }

    /// <summary>Judges the files that a definition lists.</summary>
    /// <returns>Null where none is revoked.</returns>
    public SignatureVerdict? JudgeFiles(PipelineDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        return definition.Files.Where(file => keys.IsRevoked(file.Value)).Select(file => file.Key).FirstOrDefault() is { } revoked
            ? Revoked($"{Path.Combine(folder, revoked)} is revoked, which has SHA-256 {definition.Files[revoked]}. Take another version of the pipeline.")
            : null;
    }

    private byte[]? Read()
    {
        var file = new FileInfo(_file);
        if (!file.Exists)
        {
            return null;
        }

        if (file.Length > PipelineSignature.MaximumBytes)
        {
            throw new FormatException($"it has {file.Length} bytes, and a signature at most {PipelineSignature.MaximumBytes}");
        }

        using var stream = file.OpenRead();
        var bytes = new byte[file.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private SignatureVerdict Judge(byte[] json, string digest)
    {
        var (envelope, payload) = SignatureEnvelope.Read(json);
        var signed = PipelineSignature.Encode(envelope.PayloadType, payload);
        var found = envelope.Signatures.Select(signature => (signature.KeyId, Signer: FindSigner(signature, signed))).ToList();
        if (found.FirstOrDefault(pair => pair.Signer is { } signer && !keys.IsRevoked(signer.Id)).Signer is { } signer)
        {
            return JudgeStatement(payload, digest, signer);
        }

        // A key that is revoked may be gone from the folder, so that what names it is believed to its own harm.
        if (found.FirstOrDefault(pair => pair.Signer is not null || keys.IsRevoked(pair.KeyId)) is { KeyId: { } revoked } signature)
        {
            return Revoked($"{_file} is by the key {signature.Signer?.Id ?? revoked}, which is revoked. Have it signed by another: multimodal models sign NAME --key FILE");
        }

        if (found.FirstOrDefault(pair => keys.Keys.ContainsKey(pair.KeyId)).KeyId is { } claimed)
        {
            return Wrong($"{_file} names the key {claimed}, which did not sign it: one of the two was changed. {SignAgain}");
        }

        return SigningStatement.Read(payload).IsOf(digest)
            ? new SignatureVerdict(
                SignatureState.Untrusted,
                $"{_file} is by the key {Name(envelope.Signatures)}, which is not among the trusted ones. If you trust it, put its public key into the folder that Models__TrustedKeys names.")
            : Changed(Name(envelope.Signatures));
    }

    private SignatureVerdict JudgeStatement(byte[] payload, string digest, TrustedKey signer)
    {
        var statement = SigningStatement.Read(payload);
        return statement.IsOf(digest)
            ? new SignatureVerdict(SignatureState.Trusted, $"Signed by the key {signer.Id} ({signer.Name}).") { Key = signer, SignedAt = statement.Predicate.SignedAt }
            : Changed(signer.Id);
    }

    // The key's id is a hint: a signature without one, or with that of a stranger, may still be a known key's.
    private TrustedKey? FindSigner(EnvelopeSignature signature, byte[] signed)
    {
        byte[] bytes;
        try
        {
            bytes = SignatureEnvelope.Decode(signature.Signature);
        }
        catch (FormatException)
        {
            return null;
        }

        return keys.Keys.TryGetValue(signature.KeyId, out var named)
            ? named.Verifies(signed, bytes) ? named : null
            : keys.Keys.Values.FirstOrDefault(key => key.Verifies(signed, bytes));
    }

    private static string Name(IReadOnlyList<EnvelopeSignature> signatures) =>
        string.Join(", ", signatures.Select(signature => signature.KeyId.Length > 0 ? signature.KeyId : "without an id"));

    private SignatureVerdict Changed(string key) =>
        Wrong($"{Path.Combine(folder, ModelRepository.DefinitionFile)} is not what the key {key} signed: it was changed afterwards. {SignAgain}");

    private static SignatureVerdict Wrong(string finding) => new(SignatureState.Wrong, finding);

    private static SignatureVerdict Revoked(string finding) => new(SignatureState.Revoked, finding);
}

using System.Security.Cryptography;
using System.Text.Json;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>Signs pipelines.</summary>
public static class PipelineSigner
{
    /// <summary>
    /// Signs a pipeline whose files have been checked. Where what is there is signed by others already, the signature joins theirs, so that keys
    /// can be changed without a gap; a signature of an earlier definition gives way.
    /// </summary>
    /// <param name="folder">The pipeline.</param>
    /// <param name="key">The key.</param>
    /// <param name="time">When this is, for those who read it.</param>
    /// <returns>The file of the signature.</returns>
    /// <exception cref="PipelineException">The definition has changed since it was checked, or has as many signatures as it can have.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static string Sign(ModelFolder folder, SigningKey key, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(key);
        var definition = Path.Combine(folder.Path, ModelRepository.DefinitionFile);
        if (Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(definition))) != folder.Digest)
        {
            throw new PipelineException($"{definition} was changed while it was to be signed. Sign it again when it is as it is to be.");
        }

        var file = Path.Combine(folder.Path, PipelineSignature.FileName);
        var (payload, others) = FindOthers(file, folder.Digest)
            ?? (JsonSerializer.SerializeToUtf8Bytes(SigningStatement.Of(folder.Digest, time), SigningJson.Default.SigningStatement), []);
        others = [.. others.Where(other => other.KeyId != key.Id)];
        if (others.Count >= PipelineSignature.MaximumSignatures)
        {
            throw new PipelineException($"{file} has {others.Count} signatures, which is the most. Delete it to begin anew.");
        }

        var envelope = new SignatureEnvelope
        {
            PayloadType = PipelineSignature.PayloadType,
            Payload = Convert.ToBase64String(payload),
            Signatures =
            [
                .. others,
                new EnvelopeSignature
                {
                    KeyId = key.Id,
                    Signature = Convert.ToBase64String(key.Sign(PipelineSignature.Encode(PipelineSignature.PayloadType, payload))),
                },
            ],
        };

        // As a whole or not at all.
        var written = file + ".part";
        File.WriteAllBytes(written, [.. JsonSerializer.SerializeToUtf8Bytes(envelope, SigningJson.Default.SignatureEnvelope), (byte)'\n']);
        File.Move(written, file, overwrite: true);
        return file;
    }

    private static (byte[] Payload, IReadOnlyList<EnvelopeSignature> Others)? FindOthers(string file, string digest)
    {
        if (!File.Exists(file) || new FileInfo(file).Length > PipelineSignature.MaximumBytes)
        {
            return null;
        }

        try
        {
            var (envelope, payload) = SignatureEnvelope.Read(File.ReadAllBytes(file));
            return SigningStatement.Read(payload).IsOf(digest) ? (payload, envelope.Signatures) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

using System.Buffers.Text;
using System.Text.Json;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>A DSSE envelope, as <c>pipeline.json.sig</c> holds it.</summary>
internal sealed record SignatureEnvelope
{
    /// <summary>The type of the payload.</summary>
    public required string PayloadType { get; init; }

    /// <summary>The payload in base64.</summary>
    public required string Payload { get; init; }

    /// <summary>Who signed it.</summary>
    public required IReadOnlyList<EnvelopeSignature> Signatures { get; init; }

    /// <summary>Reads an envelope and its payload.</summary>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static (SignatureEnvelope Envelope, byte[] Payload) Read(ReadOnlySpan<byte> json)
    {
        SignatureEnvelope? envelope;
        try
        {
            envelope = JsonSerializer.Deserialize(json, SigningJson.Default.SignatureEnvelope);
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not a signing envelope: {e.Message}", e);
        }

        return envelope switch
        {
            null => throw new FormatException("it is empty"),
            { PayloadType: not PipelineSignature.PayloadType } => throw new FormatException($"its payload is '{envelope.PayloadType}', not {PipelineSignature.PayloadType}"),
            { Signatures.Count: 0 or > PipelineSignature.MaximumSignatures } =>
                throw new FormatException($"it has {envelope.Signatures.Count} signatures, not 1 to {PipelineSignature.MaximumSignatures}"),
            _ when envelope.Signatures.Any(signature => signature is null) => throw new FormatException("it has an empty signature"),
            _ => (envelope, Decode(envelope.Payload)),
        };
    }

    /// <summary>Decodes base64, of the usual alphabet or that of addresses, as DSSE asks of readers.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static byte[] Decode(string text) =>
        text.AsSpan().ContainsAny('-', '_') ? Base64Url.DecodeFromChars(text.TrimEnd('=')) : Convert.FromBase64String(text);
}

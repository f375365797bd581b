using System.Globalization;
using System.Text;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>
/// How a pipeline is signed: beside <c>pipeline.json</c> lies a DSSE envelope (Dead Simple Signing Envelope 1.0, secure-systems-lab/dsse) around
/// an in-toto statement (in-toto attestation framework, Statement v1) whose one subject is <c>pipeline.json</c> by its SHA-256. That file lists
/// the SHA-256 of every other, so that the signature covers them all. Signatures are ECDSA over P-256 with SHA-256 (FIPS 186-5), DER-encoded.
/// </summary>
/// <remarks>
/// The envelope's own encoding of what is signed names its type, and the statement names its purpose, so that no signature that a key gave for
/// something else passes for one of a pipeline.
/// </remarks>
public static class PipelineSignature
{
    /// <summary>The file beside <c>pipeline.json</c>.</summary>
    public const string FileName = "pipeline.json.sig";

    /// <summary>The most that such a file has, in bytes.</summary>
    public const int MaximumBytes = 64 * 1024;

    /// <summary>The most signatures of one envelope.</summary>
    public const int MaximumSignatures = 16;

    internal const string PayloadType = "application/vnd.in-toto+json";

    internal const string StatementType = "https://in-toto.io/Statement/v1";

    internal const string PredicateType = "urn:multimodal:pipeline-signature:1";

    /// <summary>What is signed of a payload: its type and itself, each with its length (DSSE's pre-authentication encoding).</summary>
    internal static byte[] Encode(string type, ReadOnlySpan<byte> payload)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(type)} {type} {payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(head), .. payload];
    }
}

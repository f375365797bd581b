using System.Text;

namespace Multimodal.Onnx.Sessions;

/// <summary>The smallest network there is, y = Identity(x), x [1], to find out whether something starts or is read.</summary>
internal static class TrialModel
{
    /// <summary>The format's version and that of ONNX's operators that every runtime in use reads.</summary>
    public const int OldVersion = 8, OldOpset = 13;

    private const int ModelVersion = 0x08, ModelOpset = 0x42, OpsetDomain = 0x0A, OpsetVersion = 0x10;

    // A ModelProto's graph.
    private static readonly byte[] Graph =
    [
        0x3A, 0x3B, 0x0A, 0x10, 0x0A, 0x01, 0x78, 0x12, 0x01, 0x79, 0x22, 0x08, 0x49, 0x64, 0x65, 0x6E,
        0x74, 0x69, 0x74, 0x79, 0x12, 0x05, 0x74, 0x72, 0x69, 0x61, 0x6C, 0x5A, 0x0F, 0x0A, 0x01, 0x78,
        0x12, 0x0A, 0x0A, 0x08, 0x08, 0x01, 0x12, 0x04, 0x0A, 0x02, 0x08, 0x01, 0x62, 0x0F, 0x0A, 0x01,
        0x79, 0x12, 0x0A, 0x0A, 0x08, 0x08, 0x01, 0x12, 0x04, 0x0A, 0x02, 0x08, 0x01,
    ];

    /// <summary>The network, as a file of these versions.</summary>
    /// <param name="version">The version of the format.</param>
    /// <param name="opsets">The versions of the sets of operators by domain.</param>
    public static byte[] Write(long version, params IEnumerable<(string Domain, long Version)> opsets) =>
    [
        ModelVersion, .. Varint(version), .. Graph, .. opsets.SelectMany(opset => Delimited(
            ModelOpset, [.. Delimited(OpsetDomain, Encoding.UTF8.GetBytes(opset.Domain)), OpsetVersion, .. Varint(opset.Version)])),
    ];

    private static byte[] Delimited(byte key, byte[] content) => [key, .. Varint(content.Length), .. content];

    // Seven bits a byte, the lowest first; the eighth says that more follow.
    private static IEnumerable<byte> Varint(long value)
    {
        var left = (ulong)value;
        for (; left >= 0x80; left >>= 7)
        {
            yield return (byte)(left | 0x80);
        }

        yield return (byte)left;
    }
}

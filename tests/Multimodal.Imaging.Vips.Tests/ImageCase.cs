using System.IO.Compression;
using System.Text.Json;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Testing;

namespace Multimodal.Imaging.Vips.Tests;

/// <summary>A small file and what Pillow decodes it to, as <c>Golden/generate.py</c> wrote it; bytes are base64 of zlib.</summary>
internal sealed record ImageCase(string Name, string File, int Width, int Height, int Channels, int Tolerance, string Expected)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<ImageCase> All { get; } = JsonSerializer.Deserialize<ImageCase[]>(
        System.IO.File.ReadAllBytes(Path.Combine(TestPaths.Repository, "tests", "Multimodal.Imaging.Vips.Tests", "Golden", "images.json")), Options)!;

    public InputContent Content => new(Name, Unpack(File));

    public byte[] Pixels => Unpack(Expected);

    private static byte[] Unpack(string packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zlib.CopyTo(bytes);
        return bytes.ToArray();
    }
}

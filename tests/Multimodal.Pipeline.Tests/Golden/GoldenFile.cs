using System.IO.Compression;
using System.Text.Json;
using Multimodal.Testing;

namespace Multimodal.Pipeline.Tests.Golden;

/// <summary>Reads the expected values that <c>generate.py</c> wrote.</summary>
internal static class GoldenFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static T[] Read<T>(string name)
    {
        var path = Path.Combine(TestPaths.Repository, "tests", "Multimodal.Pipeline.Tests", "Golden", name);
        return JsonSerializer.Deserialize<T[]>(File.ReadAllBytes(path), Options)!;
    }

    /// <summary>Base64 of zlib.</summary>
    public static byte[] Unpack(string packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        zlib.CopyTo(bytes);
        return bytes.ToArray();
    }
}

using System.Runtime.InteropServices;

namespace Multimodal.Benchmarks;

/// <summary>Reads float32 samples that numpy saved.</summary>
internal static class SampleFile
{
    public static float[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = bytes[6] == 1 ? 10 + BitConverter.ToUInt16(bytes, 8) : 12 + (int)BitConverter.ToUInt32(bytes, 8);
        return MemoryMarshal.Cast<byte, float>(bytes.AsSpan(start)).ToArray();
    }
}

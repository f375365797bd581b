namespace Multimodal.Pipeline.Preprocessing.Detection;

/// <summary>The signature of WAV: little-endian (RIFF), big-endian (RIFX), and 64-bit (RF64, BW64).</summary>
internal static class WavSignature
{
    public static bool Matches(ReadOnlySpan<byte> bytes) =>
        (bytes.HasAt(0, "RIFF"u8) || bytes.HasAt(0, "RIFX"u8) || bytes.HasAt(0, "RF64"u8) || bytes.HasAt(0, "BW64"u8)) &&
        bytes.HasAt(8, "WAVE"u8) && (bytes.Length == 12 || bytes.LookBinary());
}

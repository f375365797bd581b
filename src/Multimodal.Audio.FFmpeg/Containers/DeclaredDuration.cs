using System.Buffers.Binary;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Audio.FFmpeg.Containers;

/// <summary>
/// The duration that a header declares, where silence compresses so well that decoding it to find out would cost the most: FLAC, in its
/// STREAMINFO (RFC 9639, 8.2).
/// </summary>
internal static class DeclaredDuration
{
    private const int StreamInfo = 4 + 4;
    private const int RateOffset = StreamInfo + 10;

    /// <summary>Seconds; null where nothing is declared.</summary>
    public static double? Find(ReadOnlySpan<byte> bytes, string mediaType)
    {
        // Behind a tag of ID3 the header is left to the decoder, whose output is bounded.
        if (mediaType != MediaTypes.Flac || bytes.Length < RateOffset + 8 || !bytes.StartsWith("fLaC"u8) || (bytes[4] & 0x7F) != 0)
        {
            return null;
        }

        // 20 bits of rate, 3 of channels, 5 of depth, 36 of samples.
        var fields = BinaryPrimitives.ReadUInt64BigEndian(bytes[RateOffset..]);
        var rate = fields >> 44;
        var samples = fields & ((1UL << 36) - 1);
        return rate == 0 || samples == 0 ? null : (double)samples / rate;
    }
}

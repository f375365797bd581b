namespace Multimodal.Testing;

/// <summary>The encoding half of ITU-T G.711, by searching for the segment instead of by tables.</summary>
internal static class G711
{
    public static byte EncodeALaw(int sample)
    {
        var sign = sample >= 0 ? 0x80 : 0;
        var magnitude = Math.Min(sample >= 0 ? sample : -sample - 1, 32767) >> 3;
        var segment = 0;
        while (segment < 7 && magnitude >= 0x20 << segment)
        {
            segment++;
        }

        var step = segment < 2 ? magnitude >> 1 : magnitude >> segment;
        return (byte)((sign | (segment << 4) | (step & 0x0F)) ^ 0x55);
    }

    public static byte EncodeMuLaw(int sample)
    {
        var sign = sample < 0 ? 0x80 : 0;
        var magnitude = Math.Min(Math.Abs(sample), 32635) + 132;
        var segment = 0;
        while (segment < 7 && magnitude >= 0x100 << segment)
        {
            segment++;
        }

        return (byte)~(sign | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0F));
    }
}

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Finds the utterance between a recording's quiet ends.</summary>
internal static class SilenceTrimmer
{
    /// <summary>Blocks that are kept before the first loud one and after the last.</summary>
    private const int MarginBlocks = 5;

    /// <summary>The part to keep.</summary>
    /// <param name="samples">At least one.</param>
    /// <param name="block">Samples a block; the last may be partial.</param>
    /// <param name="trimDb">A block is loud where its energy is at most this far below the greatest, in decibels.</param>
    public static Range Find(ReadOnlySpan<float> samples, int block, double trimDb)
    {
        var energies = new double[(samples.Length + block - 1) / block];
        var greatest = 0.0;
        for (var i = 0; i < energies.Length; i++)
        {
            foreach (double sample in samples.Slice(i * block, Math.Min(block, samples.Length - (i * block))))
            {
                energies[i] += sample * sample;
            }

            greatest = Math.Max(greatest, energies[i]);
        }

        var threshold = greatest * Math.Pow(10, -trimDb / 10);
        var first = Array.FindIndex(energies, energy => energy >= threshold);
        var last = Array.FindLastIndex(energies, energy => energy >= threshold);
        return (Math.Max(first - MarginBlocks, 0) * block)..(int)Math.Min((last + MarginBlocks + 1L) * block, samples.Length);
    }
}

using System.Numerics;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>The ratio of two sample rates in lowest terms: <paramref name="Up"/> output samples for <paramref name="Down"/> input samples.</summary>
internal readonly record struct ResamplingRatio(int Up, int Down)
{
    /// <summary>Reduces a pair of rates.</summary>
    public static ResamplingRatio Of(int inputRate, int outputRate)
    {
        var divisor = (int)BigInteger.GreatestCommonDivisor(inputRate, outputRate);
        return new ResamplingRatio(outputRate / divisor, inputRate / divisor);
    }

    /// <summary>The number of output samples for so many input samples, the last one begun counting whole.</summary>
    public long OutputLength(long inputLength) => ((inputLength * Up) + Down - 1) / Down;
}

namespace Multimodal.Testing.Fuzzing;

/// <summary>What became of damaged files.</summary>
/// <param name="Processed">How many were processed all the same.</param>
/// <param name="RefusedByCode">
/// How many were refused as inputs are, with a code and a remedy, by code; <see cref="PreprocessorFuzzer.OtherModality"/> counts those that
/// were recognised as something for another encoder.
/// </param>
/// <param name="Failures">What else happened, a line for each file; with the sample's name and the seed, so that it can be repeated.</param>
/// <param name="Slowest">The longest time that one file took.</param>
public sealed record FuzzReport(
    int Processed, IReadOnlyDictionary<string, int> RefusedByCode, IReadOnlyList<string> Failures, TimeSpan Slowest)
{
    /// <summary>How many were refused in all.</summary>
    public int Refused => RefusedByCode.Values.Sum();
}

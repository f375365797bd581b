namespace Multimodal.Testing.Fuzzing;

/// <summary>What became of damaged files.</summary>
/// <param name="Processed">How many were processed all the same.</param>
/// <param name="Refused">How many were refused as inputs are: with a code and a remedy.</param>
/// <param name="Failures">What else happened, a line for each file; with the sample's name and the seed, so that it can be repeated.</param>
/// <param name="Slowest">The longest time that one file took.</param>
public sealed record FuzzReport(int Processed, int Refused, IReadOnlyList<string> Failures, TimeSpan Slowest);

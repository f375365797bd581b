namespace Multimodal.Local.Lighter.Reporting;

/// <summary>A point of the trade.</summary>
/// <param name="Spared">How many parts stay as they are.</param>
/// <param name="Bytes">What the network takes.</param>
/// <param name="LeastCosine">The least cosine of an item to the original's.</param>
/// <param name="MeanCosine">The mean.</param>
internal sealed record StepReport(int Spared, long Bytes, double LeastCosine, double MeanCosine);

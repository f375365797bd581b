namespace Multimodal.Pipeline.Explanation;

/// <summary>The verdict that some of the modalities come to.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Confidence">The label's probability, 0 to 1.</param>
public sealed record SubsetVerdict(string Label, double Confidence);

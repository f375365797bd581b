namespace Multimodal.Pipeline.Tasks;

/// <summary>A label and its probability, 0 to 1.</summary>
public sealed record LabelScore(string Label, double Score);

namespace Multimodal.Onnx.Tuning;

/// <summary>How the runs of two networks compare.</summary>
/// <param name="Batch">Items of a run.</param>
/// <param name="Before">The one's run: the median of its turns, in milliseconds.</param>
/// <param name="After">The other's.</param>
/// <param name="Ratio">How many times faster the other is: the median of the turns' ratios.</param>
public sealed record BatchComparison(int Batch, double Before, double After, double Ratio);

namespace Multimodal.Onnx.Tuning;

/// <summary>How two networks compare that took turns.</summary>
/// <param name="LoadBefore">How long the one took to open: the median, in milliseconds.</param>
/// <param name="LoadAfter">The same of the other.</param>
/// <param name="Batches">Their runs, by number of items.</param>
public sealed record BareComparison(double LoadBefore, double LoadAfter, IReadOnlyList<BatchComparison> Batches);

namespace Multimodal.Local.Lighter.Reporting;

/// <summary>A part of a network.</summary>
/// <param name="Id">Its name in the file.</param>
/// <param name="Operator">What takes its weights.</param>
/// <param name="Weights">How many weights it has.</param>
/// <param name="Loss">1 − the least cosine where it alone is made as light as can be; null where that was not measured.</param>
/// <param name="Treatment">What became of it.</param>
internal sealed record PartReport(string Id, string Operator, long Weights, double? Loss, string Treatment);

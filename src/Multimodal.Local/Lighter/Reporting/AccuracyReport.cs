namespace Multimodal.Local.Lighter.Reporting;

/// <summary>How many labelled items a pipeline tells right.</summary>
/// <param name="Items">What they are.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Before">How many the original tells right.</param>
/// <param name="After">How many the new one does.</param>
/// <param name="Changed">How many the two tell differently.</param>
internal sealed record AccuracyReport(string Items, int Count, int Before, int After, int Changed);

namespace Multimodal.Capacity.Reporting;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Points">Its points, from left to right.</param>
/// <param name="Limit">Where it ends upwards: a limit on the horizontal axis; null where there is none.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<(double X, double Y)> Points, double? Limit = null);

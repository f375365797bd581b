namespace Multimodal.Capacity.Reporting;

/// <summary>The charts of the page, each with the name of its file.</summary>
internal static class Charts
{
    public static IEnumerable<(string File, string Svg)> Of(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        yield return ("latency.svg", Latency(report.Cells));
        yield return ("cost.svg", Cost(report.Services));
        yield return ("bottlenecks.svg", Map(report.Cells));
    }

    private static string Latency(IReadOnlyList<CellRow> cells)
    {
        // Uploads take the quiet period longer, and else bend at the same loads.
        var series = cells.Where(row => row.Way == "posted").GroupBy(row => row.Scheduler).Select(group => new ChartSeries(
            group.Key,
            [.. group.Where(row => row.Result.KeepsUp).Select(row => (row.Load, row.Result.P99!.Value))],
            group.All(row => row.Result.KeepsUp) ? null : group.Where(row => row.Result.KeepsUp).Max(row => row.Load))).ToList();
        return LogChart.Write(
            "99 of 100 jobs are done within, by the load of one cell",
            string.Join(" ", series.Select(line => $"{line.Name}: {Words(line.Points[0])} to {Words(line.Points[^1])}.")),
            "jobs a second",
            "seconds",
            series);
    }

    private static string Cost(IReadOnlyList<ServiceRow> services)
    {
        var series = services.GroupBy(row => row.Hardware)
            .Select(hardware => new ChartSeries(
                hardware.Key,
                [.. hardware.GroupBy(row => row.Load).Select(load => (load.Key, load.Min(row => row.Costs.Total)))]))
            .ToList();
        return LogChart.Write(
            "What a million jobs cost, with the scheduler that is cheapest there",
            string.Join(" ", series.Select(line => $"{line.Name}: {Words(line.Points[0])} to {Words(line.Points[^1])}.")),
            "jobs a second, on as many cells as they need",
            "US dollars",
            series);
    }

    private static string Map(IReadOnlyList<CellRow> cells) => BottleneckMap.Write(
        "One cell with three capacity units and T4s: how busy each stage is",
        [.. cells.Where(row => row is { Scheduler: "Dedicated 3", Way: "posted" }).Select(row => (row.Load, row.Result.Stages))]);

    private static string Words((double X, double Y) point) => FormattableString.Invariant($"{point.Y:0.##} at {point.X:0.#}");
}

using System.Globalization;
using System.Text;

namespace Multimodal.Capacity.Reporting;

/// <summary>The results as tables in Markdown: <c>infra/capacity/results.md</c>.</summary>
internal static class Tables
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Write(CapacityReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var page = new StringBuilder("# What the simulation gives\n\nWritten by `dotnet run -c Release --project tests/Multimodal.Capacity -- simulate`; do not edit.\n");
        Table(page, "One cell", ["jobs come", "scheduler", "jobs/s", "done/s", "grows by/s", "p50 s", "p99 s", "jobs", "encoders", "busiest stage"], report.Cells.Select(row => (string[])
        [
            row.Way, row.Scheduler, Number(row.Load), Number(row.Result.Sustained), Number(row.Result.Growth), Time(row.Result.P50), Time(row.Result.P99),
            Number(row.JobsReplicas), Number(row.EncoderReplicas), string.Create(Culture, $"{row.Result.First.Name}, {row.Result.First.Load:0 %}"),
        ]));
        Table(page, "As many cells as a load needs", ["encoders on", "scheduler", "jobs/s", "cells", "jobs", "encoders", "p50 s", "p99 s", "items a run", "$ a million", "scheduler $", "encoders $", "jobs $", "storage $", "events $"], report.Services.Select(row => (string[])
        [
            row.Hardware, row.Scheduler, Number(row.Load), Number(row.Cells), Number(row.JobsReplicas), Number(row.EncoderReplicas), Time(row.P50), Time(row.P99),
            Number(row.MeanBatch), Number(row.Costs.Total), Number(row.Costs.Scheduler), Number(row.Costs.Encoders), Number(row.Costs.Jobs), Number(row.Costs.Storage), Number(row.Costs.Events),
        ]));
        Table(page, "Several sets in one job", ["sets a job", "actions a set", "requests a set", "sets/s at the most", "limited by", "p99 s at 70 %", "$ a million sets"], report.Bundles.Select(row => (string[])
        [
            Number(row.Sets), Number(row.Actions), Number(row.Requests), Number(row.Sustained), row.Limit, Time(row.P99), Number(row.Cost),
        ]));
        Table(page, "What hangs on single assumptions: one cell, Dedicated 3, T4, 100 jobs/s", ["changed", "to", "jobs/s at the most", "limited by", "jobs", "encoders", "$ a million"], report.Sensitivity.Select(row => (string[])
        [
            row.Name ?? "nothing", row.Value is { } value ? value.ToString("#,0.######", Culture) : "", Number(row.Limit), row.By, Number(row.JobsReplicas), Number(row.EncoderReplicas), Number(row.Cost),
        ]));
        Table(page, "2,000 jobs within 20 seconds after idleness", ["encoders on", "kept", "first result s", "p50 s", "p99 s", "all done s", "jobs", "encoders", "replicas $"], report.Bursts.Select(row => (string[])
        [
            row.Hardware, Number(row.Kept), Time(row.First), Time(row.P50), Time(row.P99), Time(row.All), Number(row.JobsReplicas), Number(row.EncoderReplicas), row.Replicas.ToString("0.00", Culture),
        ]));
        Table(page, "A month without a job", ["what", "$"],
        [
            [string.Create(Culture, $"timers wake `jobs` ({report.Idle.AwakeShare:0 %} of the time)"), Number(report.Idle.Timers)],
            ["registry", Number(report.Idle.Registry)],
            ["instead: one replica of `jobs` kept", Number(report.Idle.KeptJobs)],
            ["and one T4 kept", Number(report.Idle.KeptGpu)],
        ]);
        Table(page, "Against what was measured", ["what", "measured", "simulated", "unit", "off by"], report.Checks.Select(row => (string[])
        [
            row.What, Number(row.Measured), Number(row.Simulated), row.Unit, row.Error.ToString("+0 %;-0 %;0 %", Culture),
        ]));
        return page.ToString();
    }

    private static void Table(StringBuilder page, string title, string[] heads, IEnumerable<string[]> rows)
    {
        page.Append(Culture, $"\n## {title}\n| {string.Join(" | ", heads)} |\n|{string.Concat(Enumerable.Repeat(" --- |", heads.Length))}\n");
        foreach (var row in rows)
        {
            page.Append(Culture, $"| {string.Join(" | ", row)} |\n");
        }
    }

    private static string Time(double? seconds) => seconds is { } value ? value.ToString("0.00", Culture) : "grows";

    private static string Number(double value) => value.ToString(value >= 100 ? "#,0" : value >= 10 ? "0.#" : "0.##", Culture);
}

using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Spectre.Console;

namespace Multimodal.Local.Bench;

/// <summary>Shows a report as tables.</summary>
internal static class BenchTable
{
    public static void Show(BenchReport report, IAnsiConsole console)
    {
        console.MarkupLine(Text($"[bold]{Markup.Escape(report.Pipeline.Name)} {Markup.Escape(report.Pipeline.Version)}[/] — {Markup.Escape(report.Runtime)}, {report.Cores} cores"));
        foreach (var encoder in report.Encoders)
        {
            Show(encoder, console);
        }
    }

    private static void Show(EncoderReport encoder, IAnsiConsole console)
    {
        var setting = encoder.Setting;
        var table = new Table { Title = new TableTitle(Markup.Escape($"{encoder.Modality.ToName()} — {encoder.Inputs}")), Border = TableBorder.Rounded };
        foreach (var column in (string[])["callers", "a second", "p50 ms", "p95 ms", "p99 ms", "of bare"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddColumn("batch × share of the requests");
        foreach (var point in encoder.Points)
        {
            table.AddRow(
                Text($"{point.Callers}"),
                Text($"{point.PerSecond:0.0}"),
                Text($"{point.P50Milliseconds:0.00}"),
                Text($"{point.P95Milliseconds:0.00}"),
                Text($"{point.P99Milliseconds:0.00}"),
                Text($"{point.PerSecond / setting.ItemsPerSecond:0 %}"),
                string.Join("  ", point.Batches.OrderByDescending(pair => pair.Value).Take(4).OrderBy(pair => pair.Key).Select(pair => Text($"{pair.Key} {pair.Value:0 %}"))));
        }

        table.Caption = new TableTitle(Text(
            $"bare session: {setting.ItemsPerSecond:0.0} a second at batch {setting.Batch}, {setting.Runs} at once, {setting.Threads} threads ({(encoder.IsMeasured ? "measured on this machine" : "not measured: multimodal models tune")})"));
        console.Write(table);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

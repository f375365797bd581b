using System.Globalization;
using Multimodal.Local.Repository;
using Spectre.Console;

namespace Multimodal.Local.Bench.Resources;

/// <summary>Shows a report as tables.</summary>
internal static class BesideTable
{
    public static void Show(BesideReport report, IAnsiConsole console)
    {
        console.MarkupLine(Text(
            $"[bold]{Markup.Escape(report.Pipeline.Name)} {Markup.Escape(report.Pipeline.Version)}[/] beside {Markup.Escape(report.Beside.Name)} — {Markup.Escape(report.Runtime)}, {report.Cores} cores"));
        ShowConditions(report, console);
        ShowMemory(report, console);
        ShowAdmission(report.Admission, console);
    }

    private static void ShowConditions(BesideReport report, IAnsiConsole console)
    {
        var table = Create(Text($"{report.Callers} callers of {report.Pipeline.Name} while {report.FloodCallers} flood each encoder of {report.Beside.Name}"));
        table.AddColumn("condition");
        table.AddColumn("setting");
        foreach (var column in (string[])[$"{report.Pipeline.Name}, a second", "p50 ms", "p99 ms", $"{report.Beside.Name}, a second"])
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned());
        }

        foreach (var point in report.Conditions)
        {
            table.AddRow(
                Markup.Escape(point.Name),
                Markup.Escape(point.Setting.Length > 0 ? point.Setting : "default"),
                Text($"{point.PerSecond:0.0}"),
                Text($"{point.P50Milliseconds:0.00}"),
                Text($"{point.P99Milliseconds:0.00}"),
                Text($"{point.BesidePerSecond:0.0}"));
        }

        console.Write(table);
    }

    private static void ShowMemory(BesideReport report, IAnsiConsole console)
    {
        var memory = report.Memory;
        var table = Create($"resident memory, {report.Beside.Name}");
        foreach (var column in (string[])["before", "encoders open", "in budgets", "after load", "after idle time", "first request then", "the next"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddRow(
            ByteText.Of(memory.Before),
            ByteText.Of(memory.Open),
            ByteText.Of(memory.OpenSessions),
            ByteText.Of(memory.Used),
            ByteText.Of(memory.Idle),
            Text($"{memory.FirstMilliseconds:0} ms"),
            Text($"{memory.NextMilliseconds:0} ms"));
        console.Write(table);
    }

    private static void ShowAdmission(AdmissionReport admission, IAnsiConsole console)
    {
        var table = Create(Text($"{admission.Encoder}: {admission.Offered:0} requests a second where {admission.Capacity:0} can be answered, each waiting {admission.LimitMilliseconds:0} ms at the most"));
        foreach (var column in (string[])["taken", "refused", "share", "taken at the time told", "p99 wait ms", "median error ms", "median error", "correlation"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        table.AddRow(
            Text($"{admission.Taken}"),
            Text($"{admission.Refused}"),
            Text($"{admission.RefusedShare:0 %}"),
            Text($"{admission.RetriedTaken} of {admission.Retried}"),
            Text($"{admission.LongestMilliseconds:0}"),
            Text($"{admission.MedianErrorMilliseconds:0.0}"),
            Text($"{admission.MedianErrorShare:0 %}"),
            Text($"{admission.Correlation:0.000}"));
        console.Write(table);
    }

    private static Table Create(string title) => new() { Title = new TableTitle(Markup.Escape(title)), Border = TableBorder.Rounded };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using Spectre.Console;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Shows the table and its sentences to a person.</summary>
internal static class ConsoleReport
{
    /// <summary>The columns that the whole table takes.</summary>
    private const int FullWidth = 116;

    /// <summary>The places of the table's columns that narrow terminals have room for, the control on clean items left out.</summary>
    private static readonly int[] Narrow = [0, 1, 2, 3, 5];

    /// <summary>The same of the table of methods.</summary>
    private static readonly int[] NarrowMethods = [0, 2, 3, 5, 7];

    /// <summary>Shows it.</summary>
    public static void Show(EvaluationReport report, IAnsiConsole console)
    {
        var narrow = console.Profile.Width < FullWidth;
        var table = new Table().Border(TableBorder.Rounded).Title($"{report.Pipeline.Name} {report.Pipeline.Version}".EscapeMarkup());
        foreach (var header in Cells(ReportTable.Header, narrow))
        {
            table.AddColumn(table.Columns.Count == 0 ? new TableColumn(header).NoWrap() : new TableColumn(header).RightAligned());
        }

        foreach (var row in ReportTable.Rows(report))
        {
            table.AddRow([.. Cells(row, narrow)]);
        }

        console.Write(table);
        foreach (var sentence in ReportSentences.Of(report))
        {
            console.MarkupLineInterpolated($"{sentence}");
        }

        if (report.Methods is { } methods)
        {
            ShowMethods(methods, console, narrow);
        }
    }

    private static void ShowMethods(MethodsReport methods, IAnsiConsole console, bool narrow)
    {
        int[] columns = narrow ? NarrowMethods : [.. Enumerable.Range(0, MethodsTable.Header.Count)];
        var table = new Table().Border(TableBorder.Rounded).Title("methods of fusion");
        foreach (var column in columns)
        {
            table.AddColumn(column == 0 ? new TableColumn(MethodsTable.Header[column]).NoWrap() : new TableColumn(MethodsTable.Header[column]).RightAligned());
        }

        foreach (var row in MethodsTable.Rows(methods))
        {
            table.AddRow([.. columns.Select(column => Plain(row[column]).EscapeMarkup())]);
        }

        console.Write(table);
        foreach (var sentence in MethodsTable.Sentences(methods))
        {
            console.MarkupLineInterpolated($"{sentence}");
        }

        // A terminal's width breaks an interval anywhere; beneath its value it stays whole.
        string Plain(string cell) => cell.Replace("**", "", StringComparison.Ordinal).Replace(" (", "\n(", StringComparison.Ordinal);
    }

    // Where there is little room an interval stands beneath its value, rather than broken somewhere.
    private static IEnumerable<string> Cells(IReadOnlyList<string> row, bool narrow) => narrow
        ? Narrow.Select(column => row[column].Replace(" (", "\n(", StringComparison.Ordinal).EscapeMarkup())
        : row.Select(cell => cell.EscapeMarkup());
}

using Spectre.Console;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>Shows the table and its sentences to a person.</summary>
internal static class ConsoleReport
{
    /// <summary>Shows it.</summary>
    public static void Show(EvaluationReport report, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"{report.Pipeline.Name} {report.Pipeline.Version}".EscapeMarkup());
        foreach (var (index, column) in ReportTable.Header.Index())
        {
            var shown = new TableColumn(column.EscapeMarkup());
            table.AddColumn(index == 0 ? shown.NoWrap() : shown.RightAligned());
        }

        foreach (var row in ReportTable.Rows(report))
        {
            table.AddRow([.. row.Select(cell => cell.EscapeMarkup())]);
        }

        console.Write(table);
        foreach (var sentence in ReportSentences.Of(report))
        {
            console.MarkupLineInterpolated($"{sentence}");
        }
    }
}

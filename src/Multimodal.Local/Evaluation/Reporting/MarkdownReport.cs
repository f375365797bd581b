using System.Globalization;
using System.Text;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>The table and its sentences in Markdown, for the model card.</summary>
internal static class MarkdownReport
{
    /// <summary>Writes it.</summary>
    public static string Write(EvaluationReport report)
    {
        var text = new StringBuilder();
        Table(text, ReportTable.Header, ReportTable.Rows(report));
        Sentences(text, ReportSentences.Of(report));
        if (report.Methods is { } methods)
        {
            text.Append('\n');
            Table(text, MethodsTable.Header, MethodsTable.Rows(methods));
            Sentences(text, MethodsTable.Sentences(methods));
            text.Append('\n');
            Table(text, MethodsTable.SubsetHeader, MethodsTable.SubsetRows(methods));
            text.Append('\n');
            Table(text, MethodsTable.ControlHeader, MethodsTable.ControlRows(methods));
            Sentences(text, [MethodsTable.ControlSentence]);
        }

        if (report.Coverage is { Count: > 0 } coverage)
        {
            text.Append('\n');
            Table(text, RiskCoverageTable.Header(coverage), RiskCoverageTable.Rows(coverage));
            Sentences(text, RiskCoverageTable.Sentences(coverage));
        }

        return text.Append(CultureInfo.InvariantCulture, $"\nPipeline {report.Pipeline.Name} {report.Pipeline.Version}, `{report.Pipeline.Digest}`.\n").ToString();
    }

    private static void Table(StringBuilder text, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        text.Append("| ").AppendJoin(" | ", header).Append(" |\n");
        text.Append("| ").AppendJoin(" | ", header.Select((_, column) => column == 0 ? "---" : "---:")).Append(" |\n");
        foreach (var row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }
    }

    private static void Sentences(StringBuilder text, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            text.Append('\n').Append(sentence).Append('\n');
        }
    }
}

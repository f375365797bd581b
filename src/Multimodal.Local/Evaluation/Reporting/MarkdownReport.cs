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
        text.Append("| ").AppendJoin(" | ", ReportTable.Header).Append(" |\n");
        text.Append("| ").AppendJoin(" | ", ReportTable.Header.Select((_, column) => column == 0 ? "---" : "---:")).Append(" |\n");
        foreach (var row in ReportTable.Rows(report))
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        foreach (var sentence in ReportSentences.Of(report))
        {
            text.Append('\n').Append(sentence).Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"\nPipeline {report.Pipeline.Name} {report.Pipeline.Version}, `{report.Pipeline.Digest}`.\n").ToString();
    }
}

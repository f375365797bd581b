using System.Text;
using System.Text.Json;

namespace Multimodal.Local.Fit.Data;

/// <summary>
/// Labels of jobs: JSON Lines of <c>{"job": …, "label": …, "group": …}</c>, or CSV (RFC 4180) whose first line names the columns
/// <c>job</c>, <c>label</c> and, where there are groups, <c>group</c>.
/// </summary>
internal static class LabelFile
{
    private const string Columns = "The first line names the columns: job,label or job,label,group.";

    /// <summary>Reads them.</summary>
    /// <exception cref="UsageException">The file is missing or malformed; the message names the line.</exception>
    public static IReadOnlyList<JobLabel> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"The labels '{path}' do not exist. Name a CSV or JSON Lines file by --labels.");
        }

        List<JobLabel> labels = Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? ReadCsv(path) : ReadLines(path);
        return labels.Count == 0 ? throw new UsageException($"'{path}' holds no labels.")
            : labels.FirstOrDefault(label => string.IsNullOrWhiteSpace(label.Job) || string.IsNullOrWhiteSpace(label.Label)) is { } blank
                ? throw new UsageException($"'{path}' has a line with a blank job or label: '{blank.Job}', '{blank.Label}'.")
            : labels.GroupBy(label => label.Job, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
                ? throw new UsageException($"'{path}' names the job '{twice.Key}' twice.")
            : labels;
    }

    private static List<JobLabel> ReadLines(string path)
    {
        var labels = new List<JobLabel>();
        foreach (var (number, line) in File.ReadLines(path).Index().Where(line => !string.IsNullOrWhiteSpace(line.Item)))
        {
            try
            {
                labels.Add(JsonSerializer.Deserialize(line, FitJson.Default.JobLabel) ?? throw new JsonException("the line holds null."));
            }
            catch (JsonException e)
            {
                throw new UsageException($"{path}, line {number + 1}: {e.Message} A line looks so: {{\"job\": \"a/1\", \"label\": \"cat\"}}");
            }
        }

        return labels;
    }

    private static List<JobLabel> ReadCsv(string path)
    {
        var rows = Rows(File.ReadAllText(path), path);
        var header = rows.FirstOrDefault().Cells ?? [];
        var (job, label, group) = (header.IndexOf("job"), header.IndexOf("label"), header.IndexOf("group"));
        if (job < 0 || label < 0)
        {
            throw new UsageException($"{path}: {Columns}");
        }

        return
        [
            .. rows.Skip(1).Select(row => row.Cells.Count == header.Count
                ? new JobLabel(row.Cells[job], row.Cells[label], group < 0 || row.Cells[group].Length == 0 ? null : row.Cells[group])
                : throw new UsageException($"{path}, line {row.Line}: it has {row.Cells.Count} cells, the first line {header.Count}. {Columns}")),
        ];
    }

    // Cells may be quoted; within quotes commas and line ends are content, and "" is a quote.
    private static List<(int Line, List<string> Cells)> Rows(string text, string path)
    {
        var rows = new List<(int Line, List<string> Cells)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, begin, quoted) = (1, 1, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            line += c == '\n' && i < text.Length ? 1 : 0;
            if (quoted)
            {
                if (i == text.Length)
                {
                    throw new UsageException($"{path}, line {begin}: a quote is not closed.");
                }

                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append(text[i++]);
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                if (c == '\n')
                {
                    if (cells.Exists(value => value.Length > 0))
                    {
                        rows.Add((begin, cells));
                    }

                    cells = [];
                    begin = line;
                }
            }
            else
            {
                cell.Append(c);
            }
        }

        return rows;
    }
}

using System.Text.Json;

namespace Multimodal.Local.Evaluation.Data;

/// <summary>
/// Texts with labels, in JSON Lines: an object with <c>text</c>, <c>label</c> (text or number) and, if known, <c>language</c> on each line.
/// Blank lines are passed over.
/// </summary>
internal static class LabelledTextFile
{
    private const string Example = "A line looks so: {\"text\": \"it was seven\", \"label\": \"7\"}";

    /// <exception cref="UsageException">The file is missing or empty, or a line is malformed; the message names the line.</exception>
    public static IReadOnlyList<LabelledText> Read(string path, IReadOnlyCollection<string> labels)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"The texts '{path}' do not exist. Name a JSON Lines file by --texts. {Example}");
        }

        var texts = new List<LabelledText>();
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                texts.Add(Parse(line, $"{path}, line {number}", labels));
            }
        }

        return texts.Count > 0 ? texts : throw new UsageException($"'{path}' holds no texts. {Example}");
    }

    private static LabelledText Parse(string line, string place, IReadOnlyCollection<string> labels)
    {
        LabelledText? text;
        try
        {
            text = JsonSerializer.Deserialize(line, EvaluationJson.Default.LabelledText);
        }
        catch (JsonException e)
        {
            throw new UsageException($"{place}: {e.Message} {Example}");
        }

        if (text is null)
        {
            throw new UsageException($"{place}: the line holds null. {Example}");
        }

        return labels.Contains(text.Label)
            ? text
            : throw new UsageException($"{place}: the pipeline has no label '{text.Label}'; it has: {string.Join(", ", labels)}.");
    }
}

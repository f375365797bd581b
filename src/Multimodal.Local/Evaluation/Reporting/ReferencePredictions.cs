using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>
/// What the training's own code said to the clean test items: <c>training/reference.json</c> of a pipeline.
/// Labels are given as numbers: their places among the task's labels.
/// </summary>
internal sealed record ReferencePredictions
{
    /// <summary>The file, relative to the pipeline's folder.</summary>
    public const string File = "training/reference.json";

    /// <summary>By the order of the test pictures.</summary>
    public IReadOnlyList<int> Images { get; init; } = [];

    /// <summary>By file name.</summary>
    public IReadOnlyDictionary<string, int> Audio { get; init; } = new Dictionary<string, int>();

    /// <summary>By the order of the pipeline's own texts.</summary>
    public IReadOnlyList<int> Texts { get; init; } = [];

    /// <summary>Reads a pipeline's; null where it has none.</summary>
    /// <exception cref="PipelineException">The file is malformed.</exception>
    public static ReferencePredictions? Find(ModelFolder folder)
    {
        var path = Path.Combine(folder.Path, File);
        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        using var stream = System.IO.File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize(stream, EvaluationJson.Default.ReferencePredictions);
        }
        catch (JsonException e)
        {
            throw new PipelineException($"{path} does not hold the training's predictions: {e.Message}", e);
        }
    }

    /// <summary>Compares the verdicts on clean items; a modality of which the numbers of items differ is left out.</summary>
    /// <param name="predictions">The verdicts.</param>
    /// <param name="labels">The task's labels.</param>
    /// <param name="ownTexts">Whether the texts are the pipeline's own; others cannot be compared.</param>
    public IReadOnlyList<AgreementReport> Compare(
        IReadOnlyDictionary<Modality, PredictionReport> predictions, IReadOnlyList<string> labels, bool ownTexts)
    {
        var expected = new SortedDictionary<Modality, int?[]>
        {
            [Modality.Image] = [.. Images.Select(label => (int?)label)],
            [Modality.Audio] = [.. predictions[Modality.Audio].Names.Select(name => Audio.TryGetValue(name, out var label) ? label : (int?)null)],
            [Modality.Text] = ownTexts ? [.. Texts.Select(label => (int?)label)] : [],
        };
        return
        [
            .. expected
                .Where(pair => pair.Value.Length == predictions[pair.Key].Names.Count && pair.Value.Any(label => label is not null))
                .Select(pair => Compare(pair.Key, pair.Value, predictions[pair.Key], labels))
        ];
    }

    private static AgreementReport Compare(Modality modality, int?[] expected, PredictionReport actual, IReadOnlyList<string> labels)
    {
        int[] compared = [.. Enumerable.Range(0, expected.Length).Where(i => expected[i] is not null)];
        string[] differing =
        [
            .. compared.Where(i => labels.ElementAtOrDefault(expected[i]!.Value) != actual.Clean[i]).Select(i => actual.Names[i])
        ];
        return new AgreementReport(modality, compared.Length - differing.Length, compared.Length, differing);
    }
}

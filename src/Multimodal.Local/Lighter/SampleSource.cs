using System.Globalization;
using System.Text;
using Multimodal.Local.Evaluation;
using Multimodal.Local.Evaluation.Data;
using Multimodal.Local.Evaluation.Degradation;
using Multimodal.Local.Evaluation.Items;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Parity;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Lighter;

/// <summary>
/// Finds real inputs to measure networks on: those of the folder that is given, the pipeline's samples and its references; where there are
/// none, texts of ours or noise.
/// </summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="models">Makes up what is not there.</param>
/// <param name="repository">Has its samples.</param>
/// <param name="data">The folder that is given, or null.</param>
internal sealed class SampleSource(LoadedPipeline pipeline, OnnxModelFactory models, ModelRepository repository, string? data)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    // Texts of many lengths, for pipelines that bring none.
    private static readonly string[] OwnTexts =
    [
        "a dog", "two people on a bridge", "rain on a tin roof", "The train to the coast leaves at nine.", "an old map of the harbour, drawn in ink",
        "Someone is laughing in the next room while a kettle boils.", "seven", "How many of them are there?",
        "The report was sent on Tuesday, but nobody had read it before the meeting began.", "a bowl of oranges next to a blue cup",
        "Fast music with drums and a guitar.", "It costs 1,250 at the most.", "children playing football on a wet field in the evening light",
        "no", "A long text says more than a short one, though not always more of what one wanted to know.", "an empty street at night",
    ];

    private readonly SampleFeatures _samples = new(pipeline);

    /// <summary>The items of an encoder of the pipeline.</summary>
    /// <param name="modality">Its modality.</param>
    /// <param name="labelled">Labelled items that are given, or null.</param>
    public SampleItems Of(Modality modality, EvaluationItems? labelled)
    {
        var (features, words) = (new List<Features>(), new List<string>());
        void Add(IEnumerable<Features> found, string kind)
        {
            var some = SampleItems.Spread([.. found], SampleItems.Most - features.Count);
            features.AddRange(some);
            if (some.Count > 0)
            {
                words.Add(string.Create(Culture, $"{some.Count} {kind}"));
            }
        }

        if (labelled is not null)
        {
            var items = labelled.ByModality[modality];
            Add(SampleItems.Spread([.. Enumerable.Range(0, items.Labels.Count)], SampleItems.Most).Select(item => TryPreprocess(items, item)).OfType<Features>(), "labelled items");
        }
        else if (data is not null)
        {
            // Files of other modalities are among them: some more are looked at than are wanted.
            List<FileInfo> files = [.. new DirectoryInfo(data).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal)];
            Add(_samples.Of(modality, SampleItems.Spread(files, 16 * SampleItems.Most)), "files");
        }

        Add(_samples.Of(modality, repository), "samples");
        if (pipeline.Definition.Encoders[modality].Reference is { } reference)
        {
            Add(ReferenceFile.Read(pipeline.Folder.PathOf(reference), modality).Select(item => item.Features), "references");
        }

        return features.Count > 0 ? new SampleItems(features, string.Join(", ", words))
            : modality == Modality.Text ? OwnOf(pipeline.Preprocessor(modality))
            : new SampleItems([models.MakeUp(pipeline.Folder, modality)], "noise", IsMadeUp: true);
    }

    /// <summary>The items of the encoder of labels in a space: the labels of the pipeline's tasks, in their templates.</summary>
    public SampleItems OfLabels(string space, IPreprocessor preprocessor)
    {
        string[] texts =
        [
            .. from task in pipeline.Definition.Tasks.OfType<ZeroShotDefinition>()
               from label in task.Labels ?? []
               from template in task.In(space).Templates
               select template.Replace(ZeroShotDefinition.Placeholder, label, StringComparison.Ordinal),
        ];
        var some = SampleItems.Spread(texts.Distinct().ToList(), SampleItems.Most);
        return some.Count > 0
            ? new SampleItems([.. some.Select(text => Preprocess(preprocessor, text))], string.Create(Culture, $"{some.Count} labels"))
            : OwnOf(preprocessor);
    }

    /// <summary>The labelled items of a folder with <c>mnist/</c> and <c>fsdd/</c>; null where it is none, or the pipeline takes no such items.</summary>
    public EvaluationItems? ReadLabelled()
    {
        var texts = Path.Combine(pipeline.Folder.Path, "evaluation", "texts.jsonl");
        if (data is null || !Directory.Exists(Path.Combine(data, "mnist")) || !Directory.Exists(Path.Combine(data, "fsdd")) || !File.Exists(texts)
            || !pipeline.Definition.Tasks.OfType<ClassificationDefinition>().Any())
        {
            return null;
        }

        try
        {
            var read = EvaluationDataReader.Read(data, texts, EvaluatedTask.Of(pipeline.Definition).Labels);
            return new EvaluationItems(pipeline, read, new DegradationLevel(0), 0);
        }
        catch (PipelineException)
        {
            return null;
        }
    }

    private static SampleItems OwnOf(IPreprocessor preprocessor) =>
        new([.. OwnTexts.Select(text => Preprocess(preprocessor, text))], string.Create(Culture, $"{OwnTexts.Length} made-up texts"), IsMadeUp: true);

    private static Features Preprocess(IPreprocessor preprocessor, string text) => preprocessor.Preprocess(new InputContent("text", Encoding.UTF8.GetBytes(text)), MediaTypes.Text);

    private static Features? TryPreprocess(IEvaluationItems items, int item)
    {
        try
        {
            return items.Preprocess(item, Condition.Clean);
        }
        catch (InputException)
        {
            return null;
        }
    }
}

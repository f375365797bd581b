using System.Numerics.Tensors;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks.Scoring;

namespace Multimodal.Pipeline.Tasks.ZeroShot;

/// <summary>
/// Zero-shot classification by how near labels' texts lie: to the fused embedding, or where fusion makes none to each modality's in its
/// own space, the scores weighted by their shares.
/// </summary>
public sealed class ZeroShotClassification : IScoredTask
{
    private readonly ZeroShotDefinition _definition;
    private readonly IReadOnlyDictionary<Modality, string?> _spaces;
    private readonly LabelTexts _texts;
    private readonly LabelScorer _scorer;

    /// <summary>Executes a declared classification.</summary>
    /// <param name="definition">What it is.</param>
    /// <param name="spaces">The space of each modality's encoder.</param>
    /// <param name="texts">Encodes labels.</param>
    public ZeroShotClassification(ZeroShotDefinition definition, IReadOnlyDictionary<Modality, string?> spaces, LabelTexts texts)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(spaces);
        ArgumentNullException.ThrowIfNull(texts);
        _definition = definition;
        _spaces = spaces;
        _texts = texts;
        _scorer = new LabelScorer(definition);
    }

    /// <inheritdoc/>
    public int? TopK => _definition.TopK;

    /// <inheritdoc/>
    public double PriorOf(string label, TaskContext context)
    {
        ArgumentNullException.ThrowIfNull(context);

        // With sigmoid that of what points nowhere: a cosine of 0.
        return _definition.Activation == LabelActivation.Softmax
            ? 1.0 / LabelsOf(context).Count
            : _spaces.Values.Distinct().Average(space => 1 / (1 + Math.Exp(-_definition.In(space).Bias)));
    }

    /// <inheritdoc/>
    /// <exception cref="TaskException">There are no labels, or they cannot be encoded.</exception>
    public async ValueTask<IReadOnlyList<TaskOutcome>> ExecuteAsync(IReadOnlyList<TaskInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var outcomes = new TaskOutcome[inputs.Count];
        foreach (var job in inputs.Index().GroupBy(indexed => LabelsOf(indexed.Item.Context)))
        {
            var bySpace = new Dictionary<string, IReadOnlyList<ReadOnlyMemory<float>>>(StringComparer.Ordinal);
            foreach (var (place, input) in job)
            {
                var parts = new List<(double[] Logits, double Share)>();
                foreach (var part in ScorePart.Of(input))
                {
                    // Where there is a fused embedding, there is one space.
                    var space = part.Modality is { } modality ? _spaces[modality] : _spaces.Values.First();
                    if (!bySpace.TryGetValue(space ?? "", out var texts))
                    {
                        bySpace[space ?? ""] = texts = await EncodeAsync(space, job.Key, cancellationToken);
                    }

                    parts.Add((LogitsOf(space, part.Embedding, texts), part.Share));
                }

                outcomes[place] = ToOutcome(job.Key, parts);
            }
        }

        return outcomes;
    }

    private IReadOnlyList<string> LabelsOf(TaskContext context)
    {
        var labels = context.Options.Labels ?? _definition.Labels ?? throw new TaskException(new JobError(
            JobError.NoLabels,
            $"The task '{_definition.Name}' scores the labels that a job brings, and this one brings none.",
            "Name them as \"labels\" in job.json, or by --labels, and run the job again."));
        return LabelRules.FindFault(labels, _definition.MinimumLabels) is { } fault
            ? throw new TaskException(new JobError(
                JobError.BadLabel, $"The task '{_definition.Name}' cannot score the labels: {fault}.", "Mend the labels, and run the job again."))
            : labels;
    }

    private async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EncodeAsync(string? space, IReadOnlyList<string> labels, CancellationToken cancellationToken)
    {
        try
        {
            return await _texts.EncodeAsync(space, labels, _definition.In(space).Templates, cancellationToken);
        }
        catch (InputException e)
        {
            throw new TaskException(
                new JobError(
                    JobError.BadLabel,
                    $"The task '{_definition.Name}' cannot score the labels: {e.Error.Message}",
                    "Give labels that the pipeline's text encoder can read, and run the job again."),
                e);
        }
    }

    private double[] LogitsOf(string? space, ReadOnlyMemory<float> embedding, IReadOnlyList<ReadOnlyMemory<float>> texts)
    {
        var (_, scale, bias) = _definition.In(space);
        var norm = TensorPrimitives.Norm(embedding.Span);
        var logits = new double[texts.Count];
        for (var i = 0; i < logits.Length; i++)
        {
            // What has no length points nowhere: it is as near to one label as to another.
            var cosine = norm > 0 ? TensorPrimitives.Dot(embedding.Span, texts[i].Span) / norm : 0;
            logits[i] = (scale * cosine) + bias;
        }

        return logits;
    }

    private ZeroShotOutcome ToOutcome(IReadOnlyList<string> labels, List<(double[] Logits, double Share)> parts)
    {
        var (scores, reached) = _scorer.Score(labels, parts);
        return new ZeroShotOutcome
        {
            Task = _definition.Name,
            Label = scores[0].Label,
            Confidence = scores[0].Score,
            Scores = scores,
            Labels = reached,
        };
    }
}

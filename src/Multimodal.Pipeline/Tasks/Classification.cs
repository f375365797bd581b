using System.Numerics.Tensors;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks.Scoring;

namespace Multimodal.Pipeline.Tasks;

/// <summary>
/// Classification: softmax or sigmoid over the logits of a head on the fused embedding; where fusion makes none, on each modality's, the
/// scores weighted by their shares.
/// </summary>
public sealed class Classification : IScoredTask, IDisposable
{
    private readonly ClassificationDefinition _definition;
    private readonly ITaskHead _head;
    private readonly LabelScorer _scorer;

    /// <summary>Executes a declared classification on its head, which it then owns.</summary>
    public Classification(ClassificationDefinition definition, ITaskHead head)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(head);
        _definition = definition;
        _head = head;
        _scorer = new LabelScorer(definition);
    }

    /// <inheritdoc/>
    public int? TopK => _definition.TopK;

    /// <inheritdoc/>
    public double PriorOf(string label, TaskContext context) => _definition.PriorOf(label);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskOutcome>> ExecuteAsync(IReadOnlyList<TaskInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return ValueTask.FromResult<IReadOnlyList<TaskOutcome>>(Classify([.. inputs.Select(ScorePart.Of)]));
    }

    /// <summary>The verdict on each embedding.</summary>
    public IReadOnlyList<ClassificationOutcome> Classify(IReadOnlyList<ReadOnlyMemory<float>> embeddings) =>
        Classify([.. embeddings.Select(IReadOnlyList<ScorePart> (embedding) => [new ScorePart(null, embedding, 1)])]);

    /// <inheritdoc/>
    public void Dispose() => _head.Dispose();

    private ClassificationOutcome[] Classify(IReadOnlyList<IReadOnlyList<ScorePart>> verdicts)
    {
        var logits = new Queue<float[]>(_head.Evaluate([.. verdicts.SelectMany(parts => parts).Select(part => part.Embedding)]));
        return [.. verdicts.Select(parts => ToOutcome([.. parts.Select(part => (Check(logits.Dequeue()), part.Share))]))];
    }

    private double[] Check(float[] logits)
    {
        if (logits.Length != _definition.Labels.Count)
        {
            throw new PipelineException($"The head '{_definition.Model}' gives {logits.Length} logits for {_definition.Labels.Count} labels.");
        }

        if (logits.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            throw new PipelineException($"The head '{_definition.Model}' gave a logit that is not finite.");
        }

        var converted = new double[logits.Length];
        TensorPrimitives.ConvertChecked<float, double>(logits, converted);
        return converted;
    }

    private ClassificationOutcome ToOutcome(IReadOnlyList<(double[] Logits, double Share)> parts)
    {
        var (scores, reached) = _scorer.Score(_definition.Labels, parts);
        return new ClassificationOutcome
        {
            Task = _definition.Name,
            Label = scores[0].Label,
            Confidence = scores[0].Score,
            Scores = scores,
            Labels = reached,
        };
    }
}

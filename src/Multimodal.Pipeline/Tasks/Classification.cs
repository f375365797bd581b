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
        return ValueTask.FromResult<IReadOnlyList<TaskOutcome>>(Classify([.. inputs.Select(input => (ScorePart.Of(input), input.Method))]));
    }

    /// <summary>The verdict on each embedding.</summary>
    /// <param name="embeddings">The embeddings.</param>
    /// <param name="method">The method of fusion that they come of, whose temperature is applied; null for none.</param>
    public IReadOnlyList<ClassificationOutcome> Classify(IReadOnlyList<ReadOnlyMemory<float>> embeddings, string? method = null) =>
        Classify([.. embeddings.Select((IReadOnlyList<ScorePart>, string?) (embedding) => ([new ScorePart(null, embedding, 1)], method))]);

    /// <summary>
    /// How certain the head is of each embedding, 0 to 1: 1 − H(p) / log K, with the entropy H of its K probabilities at temperature 1.
    /// </summary>
    public IReadOnlyList<double> CertaintiesOf(IReadOnlyList<ReadOnlyMemory<float>> embeddings) =>
        [.. _head.Evaluate(embeddings).Select(logits => CertaintyOf(LabelScorer.SoftMax(Check(logits))))];

    /// <inheritdoc/>
    public void Dispose() => _head.Dispose();

    private static double CertaintyOf(double[] probabilities) =>
        1 + (probabilities.Where(probability => probability > 0).Sum(probability => probability * Math.Log(probability)) / Math.Log(probabilities.Length));

    private ClassificationOutcome[] Classify(IReadOnlyList<(IReadOnlyList<ScorePart> Parts, string? Method)> verdicts)
    {
        var logits = new Queue<float[]>(_head.Evaluate([.. verdicts.SelectMany(verdict => verdict.Parts).Select(part => part.Embedding)]));
        return [.. verdicts.Select(verdict => ToOutcome([.. verdict.Parts.Select(part => (At(Check(logits.Dequeue()), verdict.Method), part.Share))]))];
    }

    private double[] At(double[] logits, string? method)
    {
        TensorPrimitives.Divide(logits, _definition.TemperatureOf(method), logits);
        return logits;
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

using System.Numerics.Tensors;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks;

/// <summary>Classification: softmax over the logits of a head.</summary>
public sealed class Classification : IScoredTask, IDisposable
{
    private readonly ClassificationDefinition _definition;
    private readonly ITaskHead _head;

    /// <summary>Executes a declared classification on its head, which it then owns.</summary>
    public Classification(ClassificationDefinition definition, ITaskHead head)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(head);
        _definition = definition;
        _head = head;
    }

    /// <inheritdoc/>
    public double PriorOf(string label, TaskContext context) => _definition.PriorOf(label);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TaskOutcome>> ExecuteAsync(IReadOnlyList<TaskInput> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var logits = _head.Evaluate([.. inputs.Select(input => (ReadOnlyMemory<float>)input.Fused.Vector)]);
        return ValueTask.FromResult<IReadOnlyList<TaskOutcome>>([.. inputs.Zip(logits, (input, row) => ToOutcome(row, _definition.TemperatureOf(input.Method)))]);
    }

    /// <summary>The verdict on each embedding.</summary>
    /// <param name="embeddings">The embeddings.</param>
    /// <param name="method">The method of fusion that they come of, whose temperature is applied; null for none.</param>
    public IReadOnlyList<ClassificationOutcome> Classify(IReadOnlyList<ReadOnlyMemory<float>> embeddings, string? method = null) =>
        [.. _head.Evaluate(embeddings).Select(logits => ToOutcome(logits, _definition.TemperatureOf(method)))];

    /// <summary>
    /// How certain the head is of each embedding, 0 to 1: 1 − H(p) / log K, with the entropy H of its K probabilities at temperature 1.
    /// </summary>
    public IReadOnlyList<double> CertaintiesOf(IReadOnlyList<ReadOnlyMemory<float>> embeddings) =>
        [.. _head.Evaluate(embeddings).Select(logits => CertaintyOf(ProbabilitiesOf(logits, 1)))];

    /// <inheritdoc/>
    public void Dispose() => _head.Dispose();

    private static double CertaintyOf(double[] probabilities) =>
        1 + (probabilities.Where(probability => probability > 0).Sum(probability => probability * Math.Log(probability)) / Math.Log(probabilities.Length));

    private double[] ProbabilitiesOf(float[] logits, double temperature)
    {
        var labels = _definition.Labels;
        if (logits.Length != labels.Count)
        {
            throw new PipelineException($"The head '{_definition.Model}' gives {logits.Length} logits for {labels.Count} labels.");
        }

        if (logits.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
        {
            throw new PipelineException($"The head '{_definition.Model}' gave a logit that is not finite.");
        }

        var probabilities = new double[logits.Length];
        TensorPrimitives.ConvertChecked<float, double>(logits, probabilities);

        // The largest logit is taken off first, so that no exponential overflows.
        TensorPrimitives.Subtract<double>(probabilities, TensorPrimitives.Max<double>(probabilities), probabilities);
        TensorPrimitives.Divide(probabilities, temperature, probabilities);
        TensorPrimitives.SoftMax<double>(probabilities, probabilities);
        return probabilities;
    }

    private ClassificationOutcome ToOutcome(float[] logits, double temperature)
    {
        var probabilities = ProbabilitiesOf(logits, temperature);

        // By the logits, which tell apart what rounds to the same probability.
        LabelScore[] scores =
        [
            .. Enumerable.Range(0, logits.Length)
                .OrderByDescending(i => logits[i])
                .Select(i => new LabelScore(_definition.Labels[i], probabilities[i]))
        ];
        return new ClassificationOutcome
        {
            Task = _definition.Name,
            Label = scores[0].Label,
            Confidence = scores[0].Score,
            Scores = scores,
        };
    }
}

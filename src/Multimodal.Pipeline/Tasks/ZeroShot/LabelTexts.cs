using System.Numerics.Tensors;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Tasks.ZeroShot;

/// <summary>
/// Embeddings of labels: each is put into every template, the texts' embeddings are normalised, averaged and normalised again. What was
/// encoded once is kept for jobs to come, within a bound. Safe for concurrent use.
/// </summary>
public sealed class LabelTexts
{
    // Some ten megabytes at the usual lengths of embeddings.
    private const int MaximumKept = 8192;

    private readonly SpaceTexts _texts;
    private readonly RecentlyUsed<(string Space, string Templates, string Label), ReadOnlyMemory<float>> _kept = new(MaximumKept);

    /// <summary>Encodes by a pipeline's text encoders.</summary>
    public LabelTexts(SpaceTexts texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _texts = texts;
    }

    /// <summary>One embedding of length 1 for each label, in their order.</summary>
    /// <param name="space">The space that they are to lie in.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="templates">Texts with <see cref="ZeroShotDefinition.Placeholder"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="Jobs.InputException">A text is refused by the preprocessing.</exception>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EncodeAsync(
        string? space, IReadOnlyList<string> labels, IReadOnlyList<string> templates, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(templates);
        var name = string.Join('\n', templates);
        var embeddings = new ReadOnlyMemory<float>[labels.Count];
        var missing = new List<int>();
        for (var i = 0; i < labels.Count; i++)
        {
            if (!_kept.TryGet((space ?? "", name, labels[i]), out embeddings[i]))
            {
                missing.Add(i);
            }
        }

        var texts = await _texts.EncodeAsync(space, [.. missing.SelectMany(i => templates.Select(template => Fill(template, labels[i])))], cancellationToken);
        for (var i = 0; i < missing.Count; i++)
        {
            var embedding = MeanDirection(texts.Skip(i * templates.Count).Take(templates.Count));
            embeddings[missing[i]] = embedding;
            _kept.Set((space ?? "", name, labels[missing[i]]), embedding);
        }

        return embeddings;
    }

    private static string Fill(string template, string label) => template.Replace(ZeroShotDefinition.Placeholder, label, StringComparison.Ordinal);

    private static float[] MeanDirection(IEnumerable<ReadOnlyMemory<float>> texts)
    {
        var sum = Array.Empty<float>();
        foreach (var text in texts)
        {
            sum = sum.Length == 0 ? new float[text.Length] : sum;
            if (TensorPrimitives.Norm(text.Span) is > 0 and var norm)
            {
                TensorPrimitives.MultiplyAdd(text.Span, 1 / norm, sum, sum);
            }
        }

        if (TensorPrimitives.Norm<float>(sum) is > 0 and var length)
        {
            TensorPrimitives.Divide(sum, length, sum);
        }

        return sum;
    }
}

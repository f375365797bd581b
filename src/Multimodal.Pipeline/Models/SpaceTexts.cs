using System.Text;
using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Models;

/// <summary>
/// Encodes what is said to a pipeline itself, labels and queries, in the space that it is to be compared in: by the encoder of texts where
/// the space is its own, else by the label encoder of the space. Safe for concurrent use.
/// </summary>
public sealed class SpaceTexts : IDisposable
{
    // So many texts are prepared at once; the encoder makes batches of them.
    private const int Chunk = 256;

    private readonly EncoderDefinition? _text;
    private readonly Func<(IPreprocessor Preprocessor, IEmbeddingGenerator<Features, Embedding<float>> Encoder)> _own;
    private readonly Dictionary<string, (Lazy<IPreprocessor> Preprocessor, Lazy<IEmbeddingGenerator<Features, Embedding<float>>> Encoder)> _others;

    internal SpaceTexts(
        ModelFolder folder,
        PreprocessorFactory preprocessors,
        IModelFactory models,
        Func<(IPreprocessor Preprocessor, IEmbeddingGenerator<Features, Embedding<float>> Encoder)> own)
    {
        _text = folder.Definition.Encoders.GetValueOrDefault(Modality.Text);
        _own = own;
        _others = folder.Definition.LabelEncoders.ToDictionary(
            pair => pair.Key,
            pair => (
                new Lazy<IPreprocessor>(() => preprocessors.Create(pair.Value.Preprocessing, folder)),
                new Lazy<IEmbeddingGenerator<Features, Embedding<float>>>(() => models.CreateLabelEncoder(folder, pair.Key))));
    }

    /// <summary>Encodes texts in a space; null: the pipeline's shared one.</summary>
    /// <returns>One embedding for each text, in their order.</returns>
    /// <exception cref="InputException">A text is refused by the preprocessing.</exception>
    /// <exception cref="PipelineException">The pipeline has no text encoder of that space, or it cannot be used.</exception>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<float>>> EncodeAsync(string? space, IReadOnlyList<string> texts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var embeddings = new List<ReadOnlyMemory<float>>(texts.Count);
        if (texts.Count == 0)
        {
            return embeddings;
        }

        var (preprocessor, encoder) = Find(space);
        foreach (var chunk in texts.Chunk(Chunk))
        {
            var features = chunk.Select(text => preprocessor.Preprocess(new InputContent(text, Encoding.UTF8.GetBytes(text)), "text/plain")).ToList();
            embeddings.AddRange((await encoder.GenerateAsync(features, cancellationToken: cancellationToken)).Select(embedding => embedding.Vector));
        }

        return embeddings;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (preprocessor, encoder) in _others.Values)
        {
            if (preprocessor.IsValueCreated)
            {
                (preprocessor.Value as IDisposable)?.Dispose();
            }

            if (encoder.IsValueCreated)
            {
                encoder.Value.Dispose();
            }
        }
    }

    /// <summary>Whether a pipeline can encode texts in a space.</summary>
    internal static bool Covers(PipelineDefinition definition, string? space) =>
        (definition.Encoders.TryGetValue(Modality.Text, out var text) && text.Space == space) || (space is not null && definition.LabelEncoders.ContainsKey(space));

    private (IPreprocessor Preprocessor, IEmbeddingGenerator<Features, Embedding<float>> Encoder) Find(string? space) =>
        _text is not null && _text.Space == space ? _own()
        : space is not null && _others.TryGetValue(space, out var other) ? (other.Preprocessor.Value, other.Encoder.Value)
        : throw new PipelineException(
            $"The pipeline has no text encoder of {(space is null ? "its shared space" : $"the space '{space}'")}. Declare one under \"labelEncoders\".");
}

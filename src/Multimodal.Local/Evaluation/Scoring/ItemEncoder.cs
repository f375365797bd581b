using Multimodal.Local.Evaluation.Items;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>Preprocesses and encodes items as the product does, each once.</summary>
internal sealed class ItemEncoder(LoadedPipeline pipeline, IProgress<StageProgress> progress)
{
    /// <summary>How many items are preprocessed before they are encoded; the encoder makes its own batches of them.</summary>
    private const int Chunk = 250;

    /// <summary>Encodes all items in one condition.</summary>
    public async Task<EncodedItems> EncodeAsync(IEvaluationItems items, Condition condition, CancellationToken cancellationToken)
    {
        var stage = $"{items.Modality.ToName()}, {(condition == Condition.Clean ? "clean" : "degraded")}";
        var embeddings = new float[]?[items.Labels.Count];
        var refusals = new List<Refusal>();
        foreach (var chunk in Enumerable.Range(0, embeddings.Length).Chunk(Chunk))
        {
            progress.Report(new StageProgress(stage, chunk[0], embeddings.Length));
            var features = Preprocess(items, chunk, condition, refusals, cancellationToken);
            var encoded = await pipeline.Encoder(items.Modality)
                .GenerateAsync(features.Select(item => item.Features), cancellationToken: cancellationToken);
            for (var i = 0; i < features.Count; i++)
            {
                embeddings[features[i].Item] = encoded[i].Vector.ToArray();
            }
        }

        progress.Report(new StageProgress(stage, embeddings.Length, embeddings.Length));
        return new EncodedItems(embeddings, refusals);
    }

    private static List<(int Item, Features Features)> Preprocess(
        IEvaluationItems items, int[] chunk, Condition condition, List<Refusal> refusals, CancellationToken cancellationToken)
    {
        var features = new List<(int, Features)>(chunk.Length);
        foreach (var item in chunk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                features.Add((item, items.Preprocess(item, condition)));
            }
            catch (InputException e)
            {
                refusals.Add(new Refusal(items.Modality, condition, items.NameOf(item), e.Error.Code, e.Error.Message));
            }
        }

        return features;
    }
}

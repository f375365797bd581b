namespace Multimodal.Pipeline.Tasks;

/// <summary>The port to a task's network: embeddings in, logits out. Safe for concurrent use.</summary>
public interface ITaskHead : IDisposable
{
    /// <summary>Evaluates the head on a batch [N,D].</summary>
    /// <returns>The logits [N,labels], a row for each embedding.</returns>
    float[][] Evaluate(IReadOnlyList<ReadOnlyMemory<float>> embeddings);
}

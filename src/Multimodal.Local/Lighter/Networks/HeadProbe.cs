using System.Globalization;
using Multimodal.Onnx;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Lighter.Networks;

/// <summary>The head of a task, measured by its logits on the original's embeddings.</summary>
internal sealed class HeadProbe(OnnxModelFactory models, string task, string file, IReadOnlyList<float[]> embeddings) : INetworkProbe
{
    public string File => file;

    public string Role => $"head of {task}";

    public IReadOnlyList<string> Outputs => ["logits"];

    public string Items => string.Create(CultureInfo.InvariantCulture, $"{embeddings.Count} embeddings");

    public Task<IReadOnlyList<float[]>> RunAsync(ModelFolder folder, CancellationToken cancellationToken)
    {
        using var head = models.CreateHead(folder, file);
        return Task.FromResult<IReadOnlyList<float[]>>(head.Evaluate([.. embeddings.Select(embedding => (ReadOnlyMemory<float>)embedding)]));
    }
}

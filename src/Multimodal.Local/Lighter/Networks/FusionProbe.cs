using System.Globalization;
using Multimodal.Onnx;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Lighter.Networks;

/// <summary>The graph of a learned method of fusion, measured by what it fuses the original's embeddings to.</summary>
internal sealed class FusionProbe(OnnxModelFactory models, string method, string file, IReadOnlyList<FusionInput> inputs) : INetworkProbe
{
    public string File => file;

    public string Role => $"fusion, {method}";

    public IReadOnlyList<string> Outputs => ["fused"];

    public string Items => string.Create(CultureInfo.InvariantCulture, $"{inputs.Count} sets of embeddings");

    public Task<IReadOnlyList<float[]>> RunAsync(ModelFolder folder, CancellationToken cancellationToken)
    {
        var fusion = models.CreateFusion(folder, method);
        using var owned = fusion as IDisposable;
        return Task.FromResult<IReadOnlyList<float[]>>([.. fusion.Fuse(inputs).Select(fused => fused.Vector)]);
    }
}

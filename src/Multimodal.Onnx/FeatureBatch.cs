using Microsoft.ML.OnnxRuntime;

namespace Multimodal.Onnx;

/// <summary>The inputs of one run, and what of them is content.</summary>
/// <param name="Inputs">The inputs by name.</param>
/// <param name="Masks">For each item which positions are kept: not 0. An item without a mask keeps all.</param>
/// <param name="Length">The number of positions that the masks are to be read against.</param>
internal sealed record FeatureBatch(
    IReadOnlyList<KeyValuePair<string, OrtValue>> Inputs, IReadOnlyList<ReadOnlyMemory<long>?> Masks, int Length) : IDisposable
{
    public void Dispose()
    {
        foreach (var (_, value) in Inputs)
        {
            value.Dispose();
        }
    }
}

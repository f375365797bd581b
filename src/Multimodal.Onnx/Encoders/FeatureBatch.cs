using System.Buffers;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx.Encoders;

/// <summary>The inputs of one run, and what of them is content. Dispose of it when the run has ended.</summary>
/// <param name="pool">Where the buffers go back to; null: they are the caller's.</param>
/// <param name="buffers">What the values lie in.</param>
/// <param name="values">The inputs, in the order in which the model lists them.</param>
/// <param name="items">What was stacked.</param>
/// <param name="length">The extent along the axis that is filled up.</param>
internal sealed class FeatureBatch(BufferPool? pool, AlignedBuffer[] buffers, OrtValue[] values, IReadOnlyList<FeatureItem> items, int length)
    : IDisposable
{
    private List<MemoryHandle>? _pins;

    public IReadOnlyCollection<OrtValue> Values => values;

    /// <summary>The number of positions that the masks are to be read against.</summary>
    public int Length => length;

    /// <summary>Which positions of an item are content: not 0. Null: all.</summary>
    public HostTensor? MaskOf(int item) => items[item].Tensors.GetValueOrDefault(InputNames.AttentionMask) is { Type: TensorType.Int64 } mask ? mask : null;

    /// <summary>Lets go of a pin when the batch is disposed of.</summary>
    public void Keep(MemoryHandle pin) => (_pins ??= []).Add(pin);

    public void Dispose()
    {
        foreach (var value in values)
        {
            value?.Dispose();
        }

        _pins?.ForEach(pin => pin.Dispose());

        pool?.Return(buffers);
    }
}

using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Multimodal.Onnx.Optimization;

/// <summary>Weights in half precision (IEEE 754 binary16).</summary>
internal static class HalfWeights
{
    /// <summary>The bits of the nearest halves. What is too great becomes the greatest, since infinities make others of what they meet.</summary>
    public static ReadOnlySpan<ushort> Of(ReadOnlySpan<float> floats)
    {
        var bounded = new float[floats.Length];
        TensorPrimitives.Clamp(floats, (float)Half.MinValue, (float)Half.MaxValue, bounded);
        var halves = new Half[floats.Length];
        TensorPrimitives.ConvertToHalf(bounded, halves);
        return MemoryMarshal.Cast<Half, ushort>(halves);
    }
}

using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx.Encoders;

/// <summary>Between the element types of features and those that models ask for. What does not fit a narrower type is clamped to its range.</summary>
internal static class TensorConversion
{
    /// <summary>Whether features can be given as this type.</summary>
    public static bool IsKnown(TensorElementType type) => type is
        TensorElementType.Float or TensorElementType.Float16 or TensorElementType.Double
        or TensorElementType.Int64 or TensorElementType.Int32 or TensorElementType.UInt8 or TensorElementType.Bool;

    /// <summary>Whether features of this type are what the model takes, bit for bit.</summary>
    public static bool IsSame(TensorType features, TensorElementType model) => (features, model) is
        (TensorType.Float32, TensorElementType.Float) or (TensorType.Float16, TensorElementType.Float16)
        or (TensorType.Int64, TensorElementType.Int64) or (TensorType.UInt8, TensorElementType.UInt8);

    /// <summary>Copies a tensor's elements into an array of another type.</summary>
    public static void Copy<T>(HostTensor tensor, int offset, Span<T> target)
        where T : unmanaged, INumber<T>
    {
        switch (tensor.Type)
        {
            case TensorType.Float32:
                Convert(tensor.AsSpan<float>().Slice(offset, target.Length), target);
                break;
            case TensorType.Float16:
                Convert(tensor.AsSpan<Half>().Slice(offset, target.Length), target);
                break;
            case TensorType.Int64:
                Convert(tensor.AsSpan<long>().Slice(offset, target.Length), target);
                break;
            case TensorType.UInt8:
                Convert(tensor.AsSpan<byte>().Slice(offset, target.Length), target);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(tensor), tensor.Type, "Unknown element type.");
        }
    }

    private static void Convert<TFrom, TTo>(ReadOnlySpan<TFrom> from, Span<TTo> to)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        if (typeof(TFrom) == typeof(TTo))
        {
            MemoryMarshal.Cast<TFrom, TTo>(from).CopyTo(to);
        }
        else
        {
            TensorPrimitives.ConvertSaturating(from, to);
        }
    }
}

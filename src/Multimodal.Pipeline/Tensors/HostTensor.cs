using System.Numerics;
using System.Runtime.InteropServices;

namespace Multimodal.Pipeline.Tensors;

/// <summary>A dense, row-major tensor in main memory; its bytes are little-endian.</summary>
public sealed class HostTensor
{
    private HostTensor(TensorType type, int[] shape, ReadOnlyMemory<byte> bytes)
    {
        Type = type;
        Shape = shape;
        Bytes = bytes;
    }

    /// <summary>The element type.</summary>
    public TensorType Type { get; }

    /// <summary>The extent of each dimension, outermost first; every one is 0 or more.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements' bytes.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The number of elements: the product of the shape.</summary>
    public long ElementCount => CountElements(Shape);

    /// <summary>Wraps elements without a copy of their bytes' meaning changing; the values are copied once.</summary>
    /// <exception cref="ArgumentException">The shape does not hold that many values, or the type has no tensor type.</exception>
    public static HostTensor Create<T>(ReadOnlySpan<T> values, params int[] shape)
        where T : unmanaged, INumber<T> =>
        FromBytes(TypeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Wraps bytes; they are not copied.</summary>
    /// <exception cref="ArgumentException">The number of bytes is not what type and shape ask for.</exception>
    public static HostTensor FromBytes(TensorType type, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var expected = checked(CountElements(shape) * SizeOf(type));
        if (expected != bytes.Length)
        {
            throw new ArgumentException(
                $"A {type} tensor of shape [{string.Join(',', shape)}] has {expected} bytes, not {bytes.Length}.", nameof(bytes));
        }

        return new HostTensor(type, [.. shape], bytes);
    }

    /// <summary>The elements.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds another type.</exception>
    public ReadOnlySpan<T> AsSpan<T>()
        where T : unmanaged, INumber<T> =>
        TypeOf<T>() == Type
            ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
            : throw new InvalidOperationException($"The tensor holds {Type}, not {typeof(T).Name}.");

    /// <summary>The size of one element, in bytes.</summary>
    public static int SizeOf(TensorType type) => type switch
    {
        TensorType.Float32 => 4,
        TensorType.Float16 => 2,
        TensorType.Int64 => 8,
        TensorType.UInt8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };

    private static TensorType TypeOf<T>()
    {
        if (typeof(T) == typeof(float))
        {
            return TensorType.Float32;
        }

        if (typeof(T) == typeof(Half))
        {
            return TensorType.Float16;
        }

        if (typeof(T) == typeof(long))
        {
            return TensorType.Int64;
        }

        return typeof(T) == typeof(byte)
            ? TensorType.UInt8
            : throw new ArgumentException($"There is no tensor type for {typeof(T).Name}.");
    }

    private static long CountElements(IReadOnlyList<int> shape)
    {
        var count = 1L;
        foreach (var extent in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(extent, nameof(shape));
            count = checked(count * extent);
        }

        return count;
    }
}

using System.Buffers;
using System.Numerics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx.Encoders;

/// <summary>One input of a model: stacks the tensors of a batch's items to the type and shape that it declares.</summary>
internal sealed class ModelInput
{
    private readonly string _path;
    private readonly TensorElementType _type;

    /// <exception cref="PipelineException">There is no such input, or its element type is none that features can be given as.</exception>
    public ModelInput(OnnxModel model, string name)
    {
        (_path, Name) = (model.Path, name);
        (_type, Shape) = model.RequireInput(name);
        if (!TensorConversion.IsKnown(_type))
        {
            throw new PipelineException($"The input '{name}' of {_path} is {_type}, which features cannot be given as.");
        }
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The shape that it declares, batch first; -1 where it is free.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Stacks; the caller disposes of the value and keeps the buffer until then.</summary>
    /// <param name="tensors">A tensor for each item, without the batch dimension; all of one shape but for <paramref name="axis"/>.</param>
    /// <param name="axis">The axis of these tensors along which shorter ones are filled up; -1: none.</param>
    /// <param name="length">The extent along that axis.</param>
    /// <param name="fill">What shorter ones are filled up with.</param>
    /// <param name="buffer">What the value lies in.</param>
    /// <exception cref="PipelineException">The tensors do not fit the declared shape.</exception>
    public OrtValue Stack(IReadOnlyList<HostTensor> tensors, int axis, int length, long fill, AlignedBuffer buffer)
    {
        int[] shape = [tensors.Count, .. tensors[0].Shape];
        if (axis >= 0 && axis + 1 < shape.Length)
        {
            shape[axis + 1] = length;
        }

        Require(shape, tensors, axis);
        var bytes = _type switch
        {
            TensorElementType.Float => Stack<float>(tensors, shape, axis, fill, buffer),
            TensorElementType.Double => Stack<double>(tensors, shape, axis, fill, buffer),
            TensorElementType.Int64 => Stack<long>(tensors, shape, axis, fill, buffer),
            TensorElementType.Int32 => Stack<int>(tensors, shape, axis, fill, buffer),
            TensorElementType.Float16 => Stack<Half>(tensors, shape, axis, fill, buffer),
            TensorElementType.Bool => StackTruth(tensors, shape, axis, fill, buffer),
            _ => Stack<byte>(tensors, shape, axis, fill, buffer),
        };
        return OrtValue.CreateTensorValueWithData(AlignedBuffer.Memory, _type, Array.ConvertAll(shape, extent => (long)extent), buffer.Address, bytes);
    }

    /// <summary>
    /// A value over a lone item's own memory, where nothing of it needs to be changed; null where it must be stacked. The caller disposes of
    /// the value and of the pin, in this order.
    /// </summary>
    /// <param name="tensor">The item's tensor.</param>
    /// <param name="axis">As for <see cref="Stack(IReadOnlyList{HostTensor}, int, int, long, AlignedBuffer)"/>.</param>
    /// <param name="length">The extent along that axis.</param>
    /// <param name="pin">Keeps the memory in its place.</param>
    /// <exception cref="PipelineException">The tensor does not fit the declared shape.</exception>
    public unsafe OrtValue? TryWrap(HostTensor tensor, int axis, int length, out MemoryHandle pin)
    {
        pin = default;
        if (!TensorConversion.IsSame(tensor.Type, _type) || tensor.Bytes.IsEmpty || (axis >= 0 && axis < tensor.Shape.Count && tensor.Shape[axis] != length))
        {
            return null;
        }

        int[] shape = [1, .. tensor.Shape];
        Require(shape, [tensor], axis);
        pin = tensor.Bytes.Pin();
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, _type, Array.ConvertAll(shape, extent => (long)extent), (nint)pin.Pointer, tensor.Bytes.Length);
    }

    // Anything but 0 is true, and true is 1.
    private static long StackTruth(IReadOnlyList<HostTensor> tensors, int[] shape, int axis, long fill, AlignedBuffer buffer)
    {
        var count = Stack<byte>(tensors, shape, axis, fill, buffer);
        foreach (ref var value in buffer.Take<byte>((int)count))
        {
            value = Math.Min(value, (byte)1);
        }

        return count;
    }

    private static unsafe long Stack<T>(IReadOnlyList<HostTensor> tensors, int[] shape, int axis, long fill, AlignedBuffer buffer)
        where T : unmanaged, INumber<T>
    {
        var stacked = buffer.Take<T>(Product(shape, 0));
        var itemSize = stacked.Length / tensors.Count;

        // Along the axis an item may be shorter than the batch: its rows are then laid into longer ones.
        var row = Product(shape, axis < 0 ? 1 : axis + 1);
        for (var i = 0; i < tensors.Count; i++)
        {
            var tensor = tensors[i];
            var target = stacked.Slice(i * itemSize, itemSize);
            var own = Product(tensor.Shape, Math.Max(axis, 0));
            for (var (from, to) = (0, 0); to < itemSize; from += own, to += row)
            {
                TensorConversion.Copy(tensor, from, target.Slice(to, own));
                target[(to + own)..(to + row)].Fill(T.CreateSaturating(fill));
            }
        }

        return (long)stacked.Length * sizeof(T);
    }

    private static int Product(IReadOnlyList<int> shape, int from)
    {
        var product = 1;
        for (var axis = from; axis < shape.Count; axis++)
        {
            product = checked(product * shape[axis]);
        }

        return product;
    }

    private void Require(int[] shape, IReadOnlyList<HostTensor> tensors, int axis)
    {
        var fits = shape.Length == Shape.Count && Enumerable.Range(1, shape.Length - 1).All(i => Shape[i] < 0 || Shape[i] == shape[i]);
        if (!fits || tensors.Any(tensor => axis >= 0 && tensor.Shape[axis] > shape[axis + 1]))
        {
            throw new PipelineException(
                $"{_path} takes '{Name}' of shape [{string.Join(',', Shape)}], the features have [{string.Join(',', tensors[0].Shape)}] without the batch.");
        }
    }
}

using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx;

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

    /// <summary>Stacks; the caller disposes of the value.</summary>
    /// <param name="tensors">A tensor for each item, without the batch dimension; all of one shape but for <paramref name="axis"/>.</param>
    /// <param name="axis">The axis of these tensors along which shorter ones are filled up; -1: none.</param>
    /// <param name="length">The extent along that axis.</param>
    /// <param name="fill">What shorter ones are filled up with.</param>
    /// <exception cref="PipelineException">The tensors do not fit the declared shape.</exception>
    public OrtValue Stack(IReadOnlyList<HostTensor> tensors, int axis, int length, long fill)
    {
        int[] shape = [tensors.Count, .. tensors[0].Shape];
        if (axis >= 0 && axis + 1 < shape.Length)
        {
            shape[axis + 1] = length;
        }

        Require(shape, tensors, axis);
        return _type switch
        {
            TensorElementType.Float => Create(Stack<float>(tensors, shape, axis, fill), shape),
            TensorElementType.Double => Create(Stack<double>(tensors, shape, axis, fill), shape),
            TensorElementType.Int64 => Create(Stack<long>(tensors, shape, axis, fill), shape),
            TensorElementType.Int32 => Create(Stack<int>(tensors, shape, axis, fill), shape),
            TensorElementType.UInt8 => Create(Stack<byte>(tensors, shape, axis, fill), shape),
            TensorElementType.Float16 => Create(MemoryMarshal.Cast<Half, Float16>(Stack<Half>(tensors, shape, axis, fill)).ToArray(), shape),
            _ => Create(Array.ConvertAll(Stack<byte>(tensors, shape, axis, fill), value => value != 0), shape),
        };
    }

    private static OrtValue Create<T>(T[] values, int[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(values, [.. shape.Select(extent => (long)extent)]);

    private static T[] Stack<T>(IReadOnlyList<HostTensor> tensors, int[] shape, int axis, long fill)
        where T : unmanaged, INumber<T>
    {
        var stacked = new T[shape.Aggregate(1, (product, extent) => checked(product * extent))];
        if (fill != 0)
        {
            stacked.AsSpan().Fill(T.CreateSaturating(fill));
        }

        var itemSize = stacked.Length / tensors.Count;

        // Along the axis an item may be shorter than the batch: its rows are then laid into longer ones.
        var row = axis < 0 ? itemSize : shape[(axis + 1)..].Aggregate(1, (product, extent) => product * extent);
        for (var i = 0; i < tensors.Count; i++)
        {
            var tensor = tensors[i];
            var target = stacked.AsSpan(i * itemSize, itemSize);
            var count = (int)tensor.ElementCount;
            var own = axis < 0 ? count : tensor.Shape.Skip(axis).Aggregate(1, (product, extent) => product * extent);
            for (var (from, to) = (0, 0); from < count; from += own, to += row)
            {
                TensorConversion.Copy(tensor, from, target.Slice(to, own));
            }
        }

        return stacked;
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

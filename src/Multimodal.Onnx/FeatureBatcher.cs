using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx;

/// <summary>Stacks the features of several inputs to the tensors that one run of an encoder takes.</summary>
internal sealed class FeatureBatcher
{
    private const string Mask = "attention_mask";
    private readonly string _path;
    private readonly string _input;
    private readonly TensorType _type;
    private readonly int[] _shape;
    private readonly int _lengthAxis;
    private readonly bool _masked;

    /// <exception cref="PipelineException">The model's inputs are not those of its modality.</exception>
    public FeatureBatcher(OnnxModel model, Modality modality)
    {
        _path = model.Path;
        (_input, _type) = modality switch
        {
            Modality.Image => ("pixel_values", TensorType.Float32),
            Modality.Text => ("input_ids", TensorType.Int64),
            Modality.Audio => ("input_features", TensorType.Float32),
            _ => throw new ArgumentOutOfRangeException(nameof(modality), modality, "Unknown modality."),
        };
        _shape = model.RequireInput(_input, _type == TensorType.Int64 ? TensorElementType.Int64 : TensorElementType.Float);
        _lengthAxis = Array.FindIndex(_shape, 1, extent => extent < 0);
        _masked = model.Session.InputMetadata.ContainsKey(Mask);
        if (_masked)
        {
            model.RequireInput(Mask, TensorElementType.Int64);
        }

        if (model.Session.InputMetadata.Keys.FirstOrDefault(name => name != _input && name != Mask) is { } other)
        {
            throw new PipelineException($"{_path} asks for the input '{other}', which {modality.ToName()} features do not have.");
        }
    }

    /// <summary>The extent along the free axis; 0 where there is none.</summary>
    public int LengthOf(Features features) => _lengthAxis < 0 ? 0 : TensorOf(features).Shape[_lengthAxis - 1];

    /// <summary>Stacks; the caller disposes of the values.</summary>
    public List<KeyValuePair<string, OrtValue>> Stack(IReadOnlyList<Features> batch)
    {
        var length = batch.Max(LengthOf);
        var shape = (int[])_shape.Clone();
        shape[0] = batch.Count;
        if (_lengthAxis >= 0)
        {
            shape[_lengthAxis] = length;
        }

        var values = new List<KeyValuePair<string, OrtValue>>(2)
        {
            new(_input, _type == TensorType.Int64 ? Stack<long>(batch, shape) : Stack<float>(batch, shape)),
        };
        if (_masked)
        {
            values.Add(new(Mask, StackMask(batch, length)));
        }

        return values;
    }

    private HostTensor TensorOf(Features features) => features.Tensors.TryGetValue(_input, out var tensor)
        ? tensor
        : throw new PipelineException($"{_path} takes '{_input}', which the features do not hold.");

    private OrtValue Stack<T>(IReadOnlyList<Features> batch, int[] shape)
        where T : unmanaged, System.Numerics.INumber<T>
    {
        var stacked = new T[shape.Aggregate(1, (product, extent) => checked(product * extent))];
        var itemSize = stacked.Length / batch.Count;

        // Along the free axis an item may be shorter than the batch: its rows are then laid into longer ones.
        var rowLength = _lengthAxis < 0 ? itemSize : shape[_lengthAxis..].Aggregate(1, (product, extent) => product * extent);
        for (var i = 0; i < batch.Count; i++)
        {
            var tensor = TensorOf(batch[i]);
            RequireShape(tensor, shape);
            var source = tensor.AsSpan<T>();
            var target = stacked.AsSpan(i * itemSize, itemSize);
            var sourceRow = _lengthAxis < 0 ? itemSize : tensor.Shape.Skip(_lengthAxis - 1).Aggregate(1, (product, extent) => product * extent);
            for (var (from, to) = (0, 0); from < source.Length; from += sourceRow, to += rowLength)
            {
                source.Slice(from, sourceRow).CopyTo(target[to..]);
            }
        }

        return OrtValue.CreateTensorValueFromMemory(stacked, [.. shape.Select(extent => (long)extent)]);
    }

    private OrtValue StackMask(IReadOnlyList<Features> batch, int length)
    {
        var mask = new long[batch.Count * length];
        for (var i = 0; i < batch.Count; i++)
        {
            mask.AsSpan(i * length, LengthOf(batch[i])).Fill(1);
        }

        return OrtValue.CreateTensorValueFromMemory(mask, [batch.Count, length]);
    }

    private void RequireShape(HostTensor tensor, int[] shape)
    {
        var fits = tensor.Shape.Count == shape.Length - 1;
        for (var axis = 1; fits && axis < shape.Length; axis++)
        {
            fits = axis == _lengthAxis ? tensor.Shape[axis - 1] <= shape[axis] : tensor.Shape[axis - 1] == shape[axis];
        }

        if (!fits)
        {
            throw new PipelineException(
                $"{_path} takes '{_input}' of shape [{string.Join(',', _shape)}], the features have [{string.Join(',', tensor.Shape)}] without the batch.");
        }
    }
}

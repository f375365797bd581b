using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx.Encoders;

/// <summary>
/// Stacks items to the inputs that the model asks for. Items of different lengths share a batch where an attention mask tells the model
/// which positions are content; others share one only where their shapes are equal. Safe for concurrent use.
/// </summary>
internal sealed class FeatureBatcher : IDisposable
{
    private readonly string _path;
    private readonly ModelInput _main;
    private readonly ModelInput[] _inputs;
    private readonly BufferPool _buffers;
    private readonly long _padId;

    // The axis of the main tensor, without the batch, along which items are filled up; -1: none.
    private readonly int _axis;
    private readonly int _fixedLength;

    /// <exception cref="PipelineException">The model's inputs are not those of its modality.</exception>
    public FeatureBatcher(OnnxModel model, Modality modality, Pooling pooling, long padId)
    {
        (_path, _padId) = (model.Path, padId);
        var names = model.Inputs.Keys.ToList();
        var main = InputNames.MainOf(modality);
        _main = new ModelInput(model, main.FirstOrDefault(names.Contains) ?? main[0]);
        if (names.Except(InputNames.BesideOf(modality)).FirstOrDefault(name => name != _main.Name) is { } other)
        {
            throw new PipelineException($"{_path} asks for the input '{other}', which {modality.ToName()} features do not have.");
        }

        _inputs = [.. names.Select(name => name == _main.Name ? _main : new ModelInput(model, name))];
        Names = names;
        _buffers = new BufferPool(_inputs.Length);
        var length = modality == Modality.Text ? 1 : _main.Shape.Skip(1).ToList().FindIndex(extent => extent < 0) + 1;
        _fixedLength = modality == Modality.Text && _main.Shape.Count == 2 ? _main.Shape[1] : -1;

        // What is pooled over positions that are not those of the input would take in what was filled up.
        var told = names.Contains(InputNames.AttentionMask) && length > 0 && (modality == Modality.Text || pooling == Pooling.None);
        _axis = told || _fixedLength > 0 ? length - 1 : -1;
        MaximumItems = _main.Shape is [> 0 and var items, ..] ? items : int.MaxValue;
        if (MaximumItems is > 1 and < int.MaxValue)
        {
            throw new PipelineException($"{_path} takes batches of {MaximumItems} items only. Export it with a free batch dimension.");
        }
    }

    /// <summary>The names of the inputs, in the order of <see cref="FeatureBatch.Values"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The input that carries the content.</summary>
    public ModelInput Main => _main;

    /// <summary>The most items that the model takes at once.</summary>
    public int MaximumItems { get; }

    /// <summary>The item's extent along the axis that is filled up; 0 where none is.</summary>
    /// <exception cref="PipelineException">The item lacks the model's main input.</exception>
    public int LengthOf(FeatureItem item) => _axis < 0 ? 0 : PositionsOf(item);

    /// <summary>The elements of what carries the item's content.</summary>
    /// <exception cref="PipelineException">The item lacks the model's main input.</exception>
    public int SizeOf(FeatureItem item) => (int)Math.Min(MainOf(item).ElementCount, int.MaxValue);

    /// <summary>Equal for items whose shapes let them share a batch.</summary>
    /// <exception cref="PipelineException">The item lacks the model's main input.</exception>
    public int KindOf(FeatureItem item)
    {
        var hash = default(HashCode);
        var shape = MainOf(item).Shape;
        for (var axis = 0; axis < shape.Count; axis++)
        {
            hash.Add(axis == _axis ? -1 : shape[axis]);
        }

        return hash.ToHashCode();
    }

    /// <summary>Stacks.</summary>
    /// <param name="items">The items, at least one.</param>
    /// <param name="given">
    /// What all of it is laid into, a buffer for each input, which stay the caller's; null takes buffers of its own, and a lone item's
    /// memory where that will do.
    /// </param>
    /// <exception cref="PipelineException">The items do not fit the model's inputs.</exception>
    public FeatureBatch Stack(IReadOnlyList<FeatureItem> items, AlignedBuffer[]? given = null)
    {
        var length = Math.Max(_fixedLength, items.Max(PositionsOf));
        var buffers = given ?? _buffers.Rent();
        var values = new OrtValue[_inputs.Length];
        var batch = new FeatureBatch(given is null ? _buffers : null, buffers, values, items, length);
        try
        {
            var tensors = new HostTensor[items.Count];
            for (var i = 0; i < values.Length; i++)
            {
                var isMain = _inputs[i] == _main;
                for (var item = 0; item < tensors.Length; item++)
                {
                    tensors[item] = isMain ? MainOf(items[item]) : BesideOf(items[item], _inputs[i].Name);
                }

                var axis = isMain ? _axis : Math.Min(_axis, 0);
                if (given is null && tensors.Length == 1 && _inputs[i].TryWrap(tensors[0], axis, length, out var pin) is { } wrapped)
                {
                    values[i] = wrapped;
                    batch.Keep(pin);
                    continue;
                }

                values[i] = _inputs[i].Stack(tensors, axis, length, isMain && _main.Name == InputNames.InputIds ? _padId : 0, buffers[i]);
            }

            return batch;
        }
        catch
        {
            batch.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _buffers.Dispose();

    private HostTensor MainOf(FeatureItem item) => item.Tensors.TryGetValue(_main.Name, out var tensor)
        ? tensor
        : throw new PipelineException($"{_path} takes '{_main.Name}', which the features do not hold.");

    private int PositionsOf(FeatureItem item)
    {
        var shape = MainOf(item).Shape;
        return _axis >= 0 ? (_axis < shape.Count ? shape[_axis] : 0) : shape.Count > 0 ? shape[^1] : 0;
    }

    private HostTensor BesideOf(FeatureItem item, string name)
    {
        if (item.Tensors.TryGetValue(name, out var tensor))
        {
            return tensor;
        }

        var shape = MainOf(item).Shape;
        var length = PositionsOf(item);
        return name switch
        {
            InputNames.AttentionMask => Constants.Ones(length),
            InputNames.TokenTypeIds => Constants.Zeros(length),
            InputNames.PositionIds => Constants.Positions(length),
            _ => Constants.Ones([.. shape.Skip(shape.Count - 2)]),
        };
    }

    /// <summary>Tensors of int64 that hold nothing of an item; they share their bytes.</summary>
    private static class Constants
    {
        private static ReadOnlyMemory<byte> _ones, _zeros, _positions;

        public static HostTensor Ones(params int[] shape) => Take(ref _ones, shape, _ => 1);

        public static HostTensor Zeros(int length) => Take(ref _zeros, [length], _ => 0);

        public static HostTensor Positions(int length) => Take(ref _positions, [length], position => position);

        // Two callers at once may both make it; either is right.
        private static HostTensor Take(ref ReadOnlyMemory<byte> shared, int[] shape, Func<long, long> value)
        {
            var bytes = sizeof(long) * shape.Aggregate(1, (product, extent) => product * extent);
            var made = shared;
            if (made.Length < bytes)
            {
                long[] values = [.. Enumerable.Range(0, bytes / sizeof(long)).Select(position => value(position))];
                shared = made = MemoryMarshal.AsBytes<long>(values).ToArray();
            }

            return HostTensor.FromBytes(TensorType.Int64, shape, made[..bytes]);
        }
    }
}

using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Onnx;

/// <summary>
/// Gathers items to batches and stacks them to the inputs that the model asks for. Items of different lengths share a batch where an
/// attention mask tells the model which positions are content; others share one only where their shapes are equal.
/// </summary>
internal sealed class FeatureBatcher
{
    private readonly string _path;
    private readonly ModelInput _main;
    private readonly List<ModelInput> _beside;
    private readonly long _padId;

    // The axis of the main tensor, without the batch, along which items are filled up; -1: none.
    private readonly int _axis;
    private readonly int _fixedLength;

    /// <exception cref="PipelineException">The model's inputs are not those of its modality.</exception>
    public FeatureBatcher(OnnxModel model, Modality modality, Pooling pooling, long padId)
    {
        (_path, _padId) = (model.Path, padId);
        var names = model.Session.InputMetadata.Keys.ToList();
        var main = InputNames.MainOf(modality);
        _main = new ModelInput(model, main.FirstOrDefault(names.Contains) ?? main[0]);
        names.Remove(_main.Name);
        if (names.Except(InputNames.BesideOf(modality)).FirstOrDefault() is { } other)
        {
            throw new PipelineException($"{_path} asks for the input '{other}', which {modality.ToName()} features do not have.");
        }

        _beside = [.. names.Select(name => new ModelInput(model, name))];
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

    /// <summary>The most items that the model takes at once.</summary>
    public int MaximumItems { get; }

    /// <summary>Gathers items to batches; neighbours in length share one, so that little of it is filled up.</summary>
    /// <exception cref="PipelineException">An item lacks the model's main input.</exception>
    public IEnumerable<FeatureItem[]> Gather(IEnumerable<FeatureItem> items, int maximumBatch) =>
        from item in items
        group item by KeyOf(item) into alike
        from batch in alike.OrderBy(LengthOf).Chunk(Math.Min(maximumBatch, MaximumItems))
        select batch;

    /// <summary>Stacks; the caller disposes of the batch.</summary>
    /// <exception cref="PipelineException">The items do not fit the model's inputs.</exception>
    public FeatureBatch Stack(IReadOnlyList<FeatureItem> items)
    {
        var length = Math.Max(_fixedLength, items.Max(LengthOf));
        var inputs = new List<KeyValuePair<string, OrtValue>>(1 + _beside.Count);
        try
        {
            inputs.Add(new(_main.Name, _main.Stack(
                [.. items.Select(MainOf)], _axis, length, _main.Name == InputNames.InputIds ? _padId : 0)));
            foreach (var input in _beside)
            {
                HostTensor[] tensors = [.. items.Select(item => BesideOf(item, input.Name))];
                inputs.Add(new(input.Name, input.Stack(tensors, _axis >= 0 ? 0 : -1, length, 0)));
            }
        }
        catch
        {
            inputs.ForEach(input => input.Value.Dispose());
            throw;
        }

        return new FeatureBatch(inputs, [.. items.Select(MaskOf)], length);
    }

    private HostTensor MainOf(FeatureItem item) => item.Tensors.TryGetValue(_main.Name, out var tensor)
        ? tensor
        : throw new PipelineException($"{_path} takes '{_main.Name}', which the features do not hold.");

    private int LengthOf(FeatureItem item)
    {
        var shape = MainOf(item).Shape;
        return _axis >= 0 ? (_axis < shape.Count ? shape[_axis] : 0) : shape.Count > 0 ? shape[^1] : 0;
    }

    private string KeyOf(FeatureItem item) => string.Join(',', MainOf(item).Shape.Where((_, i) => i != _axis));

    private HostTensor BesideOf(FeatureItem item, string name)
    {
        if (item.Tensors.TryGetValue(name, out var tensor))
        {
            return tensor;
        }

        var shape = MainOf(item).Shape;
        var length = LengthOf(item);
        return name switch
        {
            InputNames.AttentionMask => Ones(length),
            InputNames.TokenTypeIds => HostTensor.Create<long>(new long[length], length),
            InputNames.PositionIds => HostTensor.Create<long>([.. Enumerable.Range(0, length).Select(position => (long)position)], length),
            _ => Ones([.. shape.Skip(shape.Count - 2)]),
        };
    }

    private ReadOnlyMemory<long>? MaskOf(FeatureItem item) =>
        item.Tensors.TryGetValue(InputNames.AttentionMask, out var mask) && mask.Type == TensorType.Int64
            ? MemoryMarshal.Cast<byte, long>(mask.Bytes.Span).ToArray()
            : _axis >= 0 ? Enumerable.Repeat(1L, LengthOf(item)).ToArray() : null;

    private static HostTensor Ones(params int[] shape) => HostTensor.Create<long>(
        [.. Enumerable.Repeat(1L, shape.Aggregate(1, (product, extent) => product * extent))], shape);
}

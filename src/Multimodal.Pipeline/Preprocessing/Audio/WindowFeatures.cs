using System.Buffers;
using System.Numerics.Tensors;
using Multimodal.Pipeline.Preprocessing.Audio.Extractors;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Extracts the features of window after window and stacks them.</summary>
/// <param name="extractor">The extractor.</param>
/// <param name="stacked">Whether the tensor gets a leading dimension of windows, even of one.</param>
internal sealed class WindowFeatures(IFeatureExtractor extractor, bool stacked)
{
    private readonly List<HostTensor> _tensors = [];
    private int _length;

    /// <summary>The number of windows.</summary>
    public int Count => _tensors.Count;

    /// <summary>Adds a window. One that is shorter than those before is filled up with zeros; an extractor that pads itself does it its way.</summary>
    public void Add(ReadOnlyMemory<float> samples)
    {
        if (_tensors.Count == 0)
        {
            _length = samples.Length;
        }

        if (extractor.Length is null && samples.Length < _length)
        {
            var filled = ArrayPool<float>.Shared.Rent(_length);
            samples.Span.CopyTo(filled);
            filled.AsSpan(samples.Length, _length - samples.Length).Clear();
            _tensors.Add(extractor.Extract(filled.AsSpan(0, _length)));
            ArrayPool<float>.Shared.Return(filled);
        }
        else if (samples.Length >= extractor.MinimumLength)
        {
            _tensors.Add(extractor.Extract(samples.Span));
        }
    }

    /// <summary>The features of all.</summary>
    /// <exception cref="Jobs.InputException">They are not finite.</exception>
    public HostTensor ToTensor(string name)
    {
        foreach (var tensor in _tensors)
        {
            // A sum is finite where all are, or where it overflows, which features never do.
            if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes(tensor.AsSpan<float>())))
            {
                throw AudioFault.BeyondMeasure(name);
            }
        }

        if (!stacked)
        {
            return _tensors[0];
        }

        var values = new byte[_tensors.Sum(tensor => tensor.Bytes.Length)];
        for (var (i, at) = (0, 0); i < _tensors.Count; at += _tensors[i].Bytes.Length, i++)
        {
            _tensors[i].Bytes.CopyTo(values.AsMemory(at));
        }

        return HostTensor.FromBytes(TensorType.Float32, [_tensors.Count, .. _tensors[0].Shape], values);
    }
}

namespace Multimodal.Onnx.Optimization;

/// <summary>Which channel each element of a row-major tensor belongs to, in runs of elements that follow one another.</summary>
internal sealed class ChannelLayout
{
    private readonly List<(int Extent, bool IsChannel)> _axes = [];

    /// <param name="dims">The extents.</param>
    /// <param name="isChannel">Of each axis: whether its places are channels.</param>
    public ChannelLayout(IReadOnlyList<long> dims, IReadOnlyList<bool> isChannel)
    {
        // Neighbouring axes of one kind are as one.
        foreach (var (extent, kind) in dims.Zip(isChannel))
        {
            if (_axes is [.., var last] && last.IsChannel == kind)
            {
                _axes[^1] = (last.Extent * (int)extent, kind);
            }
            else
            {
                _axes.Add(((int)extent, kind));
            }
        }

        Channels = _axes.Where(axis => axis.IsChannel).Aggregate(1, (product, axis) => product * axis.Extent);
    }

    /// <summary>How many channels there are.</summary>
    public int Channels { get; }

    /// <summary>
    /// All elements: <c>Length</c> of them from <c>Start</c>, of one <c>Channel</c>, or where <c>IsAcross</c> of as many that begin with it.
    /// </summary>
    public IEnumerable<(int Start, int Length, int Channel, bool IsAcross)> Runs()
    {
        if (_axes.Count == 0)
        {
            yield return (0, 1, 0, false);
            yield break;
        }

        var (length, isAcross) = _axes[^1];
        var outer = _axes[..^1];
        var runs = outer.Aggregate(1, (product, axis) => product * axis.Extent);
        for (var i = 0; i < runs; i++)
        {
            var (rest, channel, weight) = (i, 0, isAcross ? length : 1);
            for (var axis = outer.Count - 1; axis >= 0; axis--)
            {
                var place = rest % outer[axis].Extent;
                rest /= outer[axis].Extent;
                if (outer[axis].IsChannel)
                {
                    channel += place * weight;
                    weight *= outer[axis].Extent;
                }
            }

            yield return (i * length, length, channel, isAcross);
        }
    }
}

using System.Numerics.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Views;

/// <summary>
/// The least and the greatest samples of a recording's parts, gathered without knowing how long it will be: whenever there are too many
/// parts, neighbours become one.
/// </summary>
internal sealed class PeakColumns
{
    private const int MostParts = 1 << 15;

    private readonly float[] _lows = new float[MostParts];
    private readonly float[] _highs = new float[MostParts];
    private int _parts;
    private long _partLength = 1;
    private long _inPart;
    private long _length;

    /// <summary>Adds the next samples.</summary>
    public void Add(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            if (_inPart == 0)
            {
                if (_parts == MostParts)
                {
                    Halve();
                }

                (_lows[_parts], _highs[_parts]) = (sample, sample);
                _parts++;
            }
            else
            {
                (_lows[_parts - 1], _highs[_parts - 1]) = (Math.Min(_lows[_parts - 1], sample), Math.Max(_highs[_parts - 1], sample));
            }

            _inPart = (_inPart + 1) % _partLength;
        }

        _length += samples.Length;
    }

    /// <summary>The parts as so many columns, or as many as there are samples; a column's bounds are exact to one part.</summary>
    public (float[] Lows, float[] Highs) ToColumns(int most)
    {
        var columns = (int)Math.Min(Math.Min(most, _length), _parts);
        var (lows, highs) = (new float[columns], new float[columns]);
        for (var i = 0; i < columns; i++)
        {
            var from = PartAt(i, columns);
            var to = Math.Max(PartAt(i + 1, columns), from + 1);
            lows[i] = TensorPrimitives.Min(_lows.AsSpan(from, to - from));
            highs[i] = TensorPrimitives.Max(_highs.AsSpan(from, to - from));
        }

        return (lows, highs);
    }

    private int PartAt(long column, int columns) => (int)Math.Min(_parts, column * _length / columns / _partLength);

    private void Halve()
    {
        _parts /= 2;
        for (var i = 0; i < _parts; i++)
        {
            (_lows[i], _highs[i]) = (Math.Min(_lows[2 * i], _lows[(2 * i) + 1]), Math.Max(_highs[2 * i], _highs[(2 * i) + 1]));
        }

        _partLength *= 2;
    }
}

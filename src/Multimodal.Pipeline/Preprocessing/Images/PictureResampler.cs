using System.Buffers;

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>
/// Resamples a picture while it is decoded: a window of rows is held, never the whole. Each pass rounds to 8 bits, so their order
/// matters: Pillow resamples along the rows of the upright picture first, which are the columns of one that is stored on its side.
/// </summary>
internal sealed class PictureResampler : IDisposable
{
    private readonly PixelRows _source;
    private readonly ResamplingAxis _columns;
    private readonly ResamplingAxis _rows;
    private readonly bool _columnsFirst;
    private readonly HorizontalPass _horizontal;
    private readonly VerticalPass _vertical;
    private readonly int _resultLength;
    private readonly int _stride;
    private readonly int _capacity;
    private readonly byte[] _window;
    private readonly byte[] _result;
    private readonly int[] _offsets;
    private int _next;

    /// <summary>Prepares.</summary>
    /// <param name="source">The picture; it stays the caller's.</param>
    /// <param name="columns">Which columns are kept, and what they are made of; it stays the caller's.</param>
    /// <param name="rows">As <paramref name="columns"/>, for the rows.</param>
    /// <param name="columnsFirst">Whether the pass along the columns comes before the one along the rows.</param>
    /// <param name="channels">The source's channels, or 3 of its 4.</param>
    /// <param name="vectorised">Whether vectors may be used; the results are the same.</param>
    public PictureResampler(
        PixelRows source, ResamplingAxis columns, ResamplingAxis rows, bool columnsFirst, int channels, bool vectorised = true)
    {
        _source = source;
        _columns = columns;
        _rows = rows;
        _columnsFirst = columnsFirst;
        _resultLength = checked(columns.Count * channels);
        var length = columnsFirst ? checked(source.Width * source.Channels) : _resultLength;
        _stride = (length + HorizontalPass.Slack + (2 * VerticalPass.Step) - 1) / VerticalPass.Step * VerticalPass.Step;
        _capacity = Math.Min(rows.Taps, source.Height) + PixelRows.StripRows;
        _horizontal = new HorizontalPass(columns, source.Width, source.Channels, channels, vectorised);
        _vertical = new VerticalPass(rows, length, vectorised);
        _window = ArrayPool<byte>.Shared.Rent(checked(_capacity * _stride));
        _result = ArrayPool<byte>.Shared.Rent(checked(HorizontalPass.Rows * (_stride + _resultLength + HorizontalPass.Slack)));
        _offsets = ArrayPool<int>.Shared.Rent(rows.Taps);
    }

    /// <summary>Reads the picture to its end and hands every row of the result over.</summary>
    public void Run(IRowSink sink)
    {
        if (_columnsFirst)
        {
            RunColumnsFirst(sink);
        }
        else
        {
            RunRowsFirst(sink);
        }

        // What is cut off is decoded all the same: a truncated file is refused, wherever it ends.
        if (_next < _source.Height)
        {
            _ = _source.Read(_source.Height - 1, 1);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _horizontal.Dispose();
        _vertical.Dispose();
        ArrayPool<byte>.Shared.Return(_window);
        ArrayPool<byte>.Shared.Return(_result);
        ArrayPool<int>.Shared.Return(_offsets);
    }

    private void RunRowsFirst(IRowSink sink)
    {
        var target = _result.AsSpan(0, _stride);
        for (var y = 0; y < _rows.Count; y++)
        {
            var covered = Cover(y);
            _vertical.Run(y, _window, covered, 0, _resultLength, target);
            sink.Write(y, target[.._resultLength]);
        }
    }

    private void RunColumnsFirst(IRowSink sink)
    {
        var (from, to) = (_columns.Start * _source.Channels, _columns.End * _source.Channels);
        var finished = HorizontalPass.Rows * _stride;
        var finishedStride = _resultLength + HorizontalPass.Slack;
        Span<int> sources = stackalloc int[HorizontalPass.Rows];
        Span<int> targets = stackalloc int[HorizontalPass.Rows];
        for (var top = 0; top < _rows.Count; top += HorizontalPass.Rows)
        {
            var count = Math.Min(HorizontalPass.Rows, _rows.Count - top);
            for (var i = 0; i < HorizontalPass.Rows; i++)
            {
                sources[i] = Math.Min(i, count - 1) * _stride;
                targets[i] = finished + (Math.Min(i, count - 1) * finishedStride);
            }

            for (var i = 0; i < count; i++)
            {
                var covered = Cover(top + i);
                _vertical.Run(top + i, _window, covered, from, to, _result.AsSpan(sources[i], _stride));
            }

            _horizontal.Run(_result, sources, _result, targets);
            for (var i = 0; i < count; i++)
            {
                sink.Write(top + i, _result.AsSpan(targets[i], _resultLength));
            }
        }
    }

    /// <summary>Brings the rows that an output row needs into the window and says where they begin there.</summary>
    private ReadOnlySpan<int> Cover(int output)
    {
        var (first, count) = (_rows.First(output), _rows.Weights(output).Length);
        _next = Math.Max(_next, first);
        while (_next < first + count)
        {
            var strip = Math.Min(PixelRows.StripRows, _rows.End - _next);
            Take(_source.Read(_next, strip), strip);
            _next += strip;
        }

        var offsets = _offsets.AsSpan(0, count);
        for (var k = 0; k < count; k++)
        {
            offsets[k] = (first + k) % _capacity * _stride;
        }

        return offsets;
    }

    private void Take(ReadOnlySpan<byte> strip, int count)
    {
        var length = _source.Width * _source.Channels;
        if (_columnsFirst)
        {
            for (var i = 0; i < count; i++)
            {
                strip.Slice(i * length, length).CopyTo(_window.AsSpan((_next + i) % _capacity * _stride));
            }

            return;
        }

        Span<int> sources = stackalloc int[HorizontalPass.Rows];
        Span<int> targets = stackalloc int[HorizontalPass.Rows];
        for (var top = 0; top < count; top += HorizontalPass.Rows)
        {
            for (var i = 0; i < HorizontalPass.Rows; i++)
            {
                var row = Math.Min(top + i, count - 1);
                sources[i] = row * length;
                targets[i] = (_next + row) % _capacity * _stride;
            }

            _horizontal.Run(strip, sources, _window, targets);
        }
    }
}

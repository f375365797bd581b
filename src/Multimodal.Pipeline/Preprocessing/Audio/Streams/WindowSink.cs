namespace Multimodal.Pipeline.Preprocessing.Audio.Streams;

/// <summary>Cuts sound into windows, which may overlap, holding one at a time.</summary>
internal sealed class WindowSink : ISampleSink
{
    private readonly int _hop;
    private readonly int _most;
    private readonly Action<ReadOnlyMemory<float>> _take;
    private readonly float[] _window;
    private int _length;
    private int _windows;

    // Samples that have yet to be dropped because windows lie apart.
    private int _gap;

    /// <param name="window">Samples of a window.</param>
    /// <param name="hop">Samples from one window to the next.</param>
    /// <param name="most">The most windows; what follows is dropped.</param>
    /// <param name="take">Takes each; the last one may be shorter.</param>
    public WindowSink(int window, int hop, int most, Action<ReadOnlyMemory<float>> take)
    {
        _window = new float[window];
        (_hop, _most, _take) = (hop, most, take);
    }

    /// <summary>Whether there was more sound than windows to hear it.</summary>
    public bool IsCut { get; private set; }

    public bool WantsMore => !IsCut;

    public void Write(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            if (_windows == _most)
            {
                // Of the last window's overlap with the next nothing new has come yet.
                IsCut = true;
                return;
            }

            if (_gap > 0)
            {
                var dropped = Math.Min(_gap, samples.Length);
                _gap -= dropped;
                samples = samples[dropped..];
                continue;
            }

            // A window is given when more follows or the end has come: then the last one is never empty.
            if (_length == _window.Length)
            {
                Give();
                continue;
            }

            var part = samples[..Math.Min(samples.Length, _window.Length - _length)];
            part.CopyTo(_window.AsSpan(_length));
            _length += part.Length;
            samples = samples[part.Length..];
        }
    }

    public void Complete()
    {
        if (_length > 0 && _windows < _most)
        {
            _take(_window.AsMemory(0, _length));
            _windows++;
        }
    }

    private void Give()
    {
        _take(_window);
        _windows++;
        var kept = Math.Max(0, _window.Length - _hop);
        _window.AsSpan(_window.Length - kept).CopyTo(_window);
        _length = kept;
        _gap = Math.Max(0, _hop - _window.Length);
    }
}

namespace Multimodal.Pipeline.Preprocessing.Audio.Streams;

/// <summary>Changes the rate of what passes, sample by sample as <see cref="Resampler"/> does it, holding no more than the filter spans.</summary>
internal sealed class ResamplingSink : ISampleSink
{
    private const int BlockSamples = 4096;

    private readonly ISampleSink _next;
    private readonly ResamplingRatio _ratio;
    private readonly FilterBank _bank;
    private readonly float[] _block = new float[BlockSamples];

    // Input that is still needed, and the number of the sample that it begins with.
    private float[] _held;
    private int _heldLength;
    private long _heldFrom;

    private long _position;
    private int _phase;
    private long _written;
    private int _inBlock;

    /// <param name="inputRate">Samples a second of what comes.</param>
    /// <param name="outputRate">Samples a second of what goes.</param>
    /// <param name="next">Where it goes.</param>
    public ResamplingSink(int inputRate, int outputRate, ISampleSink next)
    {
        Resampler.CheckRate(inputRate, nameof(inputRate));
        Resampler.CheckRate(outputRate, nameof(outputRate));
        _next = next;
        _ratio = ResamplingRatio.Of(inputRate, outputRate);
        _bank = Resampler.BankOf(_ratio);
        _held = new float[(4 * _bank.Reach) + BlockSamples];
    }

    public bool WantsMore => _next.WantsMore;

    /// <summary>A sink at one rate for what comes at another; the same one where they are equal.</summary>
    public static ISampleSink For(int inputRate, int outputRate, ISampleSink sink) =>
        inputRate == outputRate ? sink : new ResamplingSink(inputRate, outputRate, sink);

    public void Write(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var part = samples[..Math.Min(samples.Length, BlockSamples)];
            Hold(part);
            samples = samples[part.Length..];

            // An output sample is due when everything that its filter spans has come.
            Emit(_heldFrom + _heldLength - _bank.Reach, long.MaxValue);
        }
    }

    public void Complete()
    {
        Emit(long.MaxValue, _ratio.OutputLength(_heldFrom + _heldLength));
        _next.Write(_block.AsSpan(0, _inBlock));
        _next.Complete();
    }

    private void Hold(ReadOnlySpan<float> samples)
    {
        // The filter looks back as far as its reach.
        var passed = (int)Math.Min(_heldLength, Math.Max(0, _position - _bank.Reach - _heldFrom));
        if (_heldLength + samples.Length > _held.Length)
        {
            _held.AsSpan(passed, _heldLength - passed).CopyTo(_held);
            (_heldFrom, _heldLength) = (_heldFrom + passed, _heldLength - passed);
        }

        if (_heldLength + samples.Length > _held.Length)
        {
            Array.Resize(ref _held, _heldLength + samples.Length);
        }

        samples.CopyTo(_held.AsSpan(_heldLength));
        _heldLength += samples.Length;
    }

    private void Emit(long before, long count)
    {
        var held = _held.AsSpan(0, _heldLength);
        var (whole, rest) = Math.DivRem(_ratio.Down, _ratio.Up);
        while (_position < before && _written < count)
        {
            if (_inBlock == _block.Length)
            {
                _next.Write(_block);
                _inBlock = 0;
            }

            _block[_inBlock++] = _bank.Filter(held, (int)(_position - _heldFrom), _phase);
            _written++;
            _position += whole;
            _phase += rest;
            if (_phase >= _ratio.Up)
            {
                _phase -= _ratio.Up;
                _position++;
            }
        }
    }
}

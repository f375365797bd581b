using Multimodal.Pipeline.Preprocessing.Audio.Streams;

namespace Multimodal.Pipeline.Preprocessing.Audio.Voice;

/// <summary>Gives sound to a network window by window; the last window is filled up with zeros.</summary>
internal sealed class VoiceSink : ISampleSink, IDisposable
{
    private readonly VoiceActivitySettings _settings;
    private readonly IVoiceActivityRun _run;
    private readonly float[] _samples;
    private int _length;
    private long _windows;
    private long _speech;
    private long? _first;
    private long _last;

    public VoiceSink(IVoiceActivityModel model, VoiceActivitySettings settings)
    {
        _settings = settings;
        _run = model.Start();
        _samples = new float[settings.Context + settings.Window];
        _length = settings.Context;
    }

    /// <summary>What was found, after the end.</summary>
    public VoiceActivity Result => new(
        (double)_speech / Math.Max(1, _windows), SecondsOf(_first), _first is null ? null : SecondsOf(_last + 1));

    public bool WantsMore => true;

    public void Write(ReadOnlySpan<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var part = samples[..Math.Min(samples.Length, _samples.Length - _length)];
            part.CopyTo(_samples.AsSpan(_length));
            _length += part.Length;
            samples = samples[part.Length..];
            if (_length == _samples.Length)
            {
                Ask();
            }
        }
    }

    public void Complete()
    {
        if (_length > _settings.Context)
        {
            _samples.AsSpan(_length).Clear();
            Ask();
        }
    }

    public void Dispose() => _run.Dispose();

    private void Ask()
    {
        if (_run.Process(_samples) >= _settings.Threshold)
        {
            _first ??= _windows;
            _last = _windows;
            _speech++;
        }

        _windows++;
        _samples.AsSpan(_settings.Window).CopyTo(_samples);
        _length = _settings.Context;
    }

    private double? SecondsOf(long? window) => (double?)window * _settings.Window / _settings.SampleRate;
}

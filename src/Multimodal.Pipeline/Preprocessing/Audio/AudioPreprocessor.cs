using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio.Extractors;
using Multimodal.Pipeline.Preprocessing.Audio.Streams;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// Turns a recording into what a Hugging Face feature extractor makes of it: channels averaged, resampled, and where the settings say so cut
/// into windows. It is read as a stream: memory holds a window and the features, however long the recording. Safe for concurrent use.
/// </summary>
public sealed class AudioPreprocessor : IPreprocessor, IDisposable
{
    private readonly AudioSettings _settings;
    private readonly IFeatureExtractor _extractor;
    private readonly AudioReader _reader;
    private readonly IVoiceActivityModel? _voice;
    private readonly int? _window;
    private readonly int _hop;

    /// <summary>Preprocesses with these settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="config">What the file that they name holds.</param>
    /// <param name="reader">Reads recordings.</param>
    /// <param name="voice">The network that the settings name for voice activity; it is disposed of with this.</param>
    /// <exception cref="PipelineException">A setting is out of range, or does not go with the configuration.</exception>
    public AudioPreprocessor(AudioSettings settings, FeatureExtractorConfig config, AudioReader reader, IVoiceActivityModel? voice = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(reader);
        _settings = settings;
        _extractor = config.Extractor;
        _reader = reader;
        _voice = voice;
        AudioWindows.Validate(settings, _extractor);
        SettingsGuard.Holds(
            AudioSettings.Kind, (settings.VoiceActivity is null) == (voice is null), "voiceActivity names a network that nothing here runs");
        (_window, _hop) = AudioWindows.Of(settings, _extractor);
    }

    /// <inheritdoc/>
    public Modality Modality => Modality.Audio;

    /// <inheritdoc/>
    public Features Preprocess(InputContent content, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(content);
        var notes = new List<string>();
        var section = (Start: 0L, End: long.MaxValue);
        if (_settings.VoiceActivity is { Trim: true } trim)
        {
            section = FindSpeech(content, mediaType, trim, notes);
        }

        var windows = new WindowFeatures(_extractor, _window is not null);
        var cutter = (_window ?? _extractor.Length) is { } length
            ? new WindowSink(length, _hop, _window is null ? 1 : _settings.MaximumWindows, windows.Add)
            : null;
        ISampleSink sink = cutter is null ? new CollectingSink(windows.Add) : cutter;
        var pass = new RecordingPass(_reader, content, mediaType);
        pass.Add(_extractor.SampleRate, section == (0, long.MaxValue) ? sink : new SectionSink(section.Start, section.End, sink));
        using var voice = _settings.VoiceActivity is { } voiceSettings ? new VoiceSink(_voice!, voiceSettings) : null;
        if (voice is not null)
        {
            pass.Add(_settings.VoiceActivity!.SampleRate, voice);
        }

        var facts = pass.Run() with { SpeechShare = voice?.Result.Share };
        if (windows.Count == 0)
        {
            throw new InputException(
                InputErrorCodes.NoContent, $"'{content.Name}' is shorter than what the encoder can hear.", "Send a longer recording.");
        }

        if (cutter is { IsCut: true })
        {
            notes.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"the encoder hears {HeardSeconds:0.##} s of {facts.Seconds:0.##} s"));
        }

        return new Features(
            Modality.Audio,
            new Dictionary<string, HostTensor> { [_extractor.TensorName] = windows.ToTensor(content.Name) },
            facts with { Notes = [.. facts.Notes, .. notes] })
        {
            Windows = _window is null ? null : windows.Count,
            Timing = TimingOf(section.Start, Math.Min(section.End / (double)_extractor.SampleRate, facts.Seconds!.Value), windows.Count),
        };
    }

    /// <summary>Extracts the features of sound that is in memory, as one item.</summary>
    /// <param name="samples">One channel at the extractor's rate, one sample or more; what is longer than it hears is cut off.</param>
    /// <returns>float32, without a batch dimension.</returns>
    /// <exception cref="ArgumentException">There are fewer samples than give anything.</exception>
    public HostTensor Extract(ReadOnlySpan<float> samples) => samples.Length < _extractor.MinimumLength
        ? throw new ArgumentException($"The extractor takes {_extractor.MinimumLength} samples or more.", nameof(samples))
        : _extractor.Extract(samples[..Math.Min(samples.Length, _extractor.Length ?? samples.Length)]);

    /// <inheritdoc/>
    public void Dispose() => _voice?.Dispose();

    private SoundTiming TimingOf(long startSample, double end, int windows)
    {
        var start = startSample / (double)_extractor.SampleRate;
        var length = Math.Max(0, end - start);
        if (_window is not { } window)
        {
            return SoundTiming.Whole(start, Math.Min(length, _extractor.Length / (double)_extractor.SampleRate ?? length));
        }

        var (windowSeconds, hopSeconds) = (window / (double)_extractor.SampleRate, _hop / (double)_extractor.SampleRate);
        return new SoundTiming(start, Math.Min(length, windowSeconds + ((windows - 1) * hopSeconds)), hopSeconds, windowSeconds);
    }

    private double HeardSeconds => AudioWindows.HeardSamples(_settings, _extractor) / (double)_extractor.SampleRate ?? 0;

    private (long Start, long End) FindSpeech(InputContent content, string mediaType, VoiceActivitySettings settings, List<string> notes)
    {
        using var sink = new VoiceSink(_voice!, settings);
        var pass = new RecordingPass(_reader, content, mediaType);
        pass.Add(settings.SampleRate, sink);
        var seconds = pass.Run().Seconds!.Value;
        var (from, to) = sink.Result.Section(settings, seconds, content.Name, out var cuts);
        notes.AddRange(cuts);
        return ((long)(from * _extractor.SampleRate), (long)Math.Ceiling(to * _extractor.SampleRate));
    }
}

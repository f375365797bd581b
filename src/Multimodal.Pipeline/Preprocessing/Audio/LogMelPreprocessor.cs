using System.Globalization;
using System.Numerics.Tensors;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio.Streams;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Turns a recording of one utterance into <c>input_features</c> float32 [mels, frames]. Safe for concurrent use.</summary>
public sealed class LogMelPreprocessor : IPreprocessor, IDisposable
{
    /// <summary>The name of the tensor.</summary>
    public const string InputFeatures = "input_features";

    /// <summary>A recording whose greatest magnitude is below this (of 1) is silent.</summary>
    private const float Silence = 1e-4f;

    private readonly LogMelSettings _settings;
    private readonly AudioReader _reader;
    private readonly IVoiceActivityModel? _voice;
    private readonly LogMelExtractor _extractor;

    /// <summary>Preprocesses WAV with these settings.</summary>
    /// <exception cref="PipelineException">A setting is out of range.</exception>
    public LogMelPreprocessor(LogMelSettings settings, InputLimits limits)
        : this(settings, new AudioReader(limits))
    {
    }

    /// <summary>Preprocesses with these settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="reader">Reads recordings.</param>
    /// <param name="voice">The network that the settings name for voice activity; it is disposed of with this.</param>
    /// <exception cref="PipelineException">A setting is out of range.</exception>
    public LogMelPreprocessor(LogMelSettings settings, AudioReader reader, IVoiceActivityModel? voice = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(reader);
        Validate(settings);
        SettingsGuard.Holds(
            LogMelSettings.Kind, (settings.VoiceActivity is null) == (voice is null), "voiceActivity names a network that nothing here runs");
        _settings = settings;
        _reader = reader;
        _voice = voice;
        _extractor = new LogMelExtractor(settings);
    }

    /// <inheritdoc/>
    public Modality Modality => Modality.Audio;

    /// <inheritdoc/>
    public Features Preprocess(InputContent content, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(content);
        var recording = _reader.Read(content, mediaType, out var quality, measure: true);
        var heard = FindSpeech(recording, content.Name, out var share, out var notes);
        var features = Preprocess(recording.Samples.AsSpan(heard), recording.SampleRate, content.Name, new InputFacts
        {
            MediaType = mediaType,
            Bytes = content.Bytes.Length,
            Channels = recording.Channels,
            ClippedShare = quality!.ClippedShare,
            Loudness = quality.Loudness,
            SilentShare = quality.SilentShare,
            SpeechShare = share,
            Notes = [.. recording.Notes, .. notes],
        });
        return features with
        {
            Facts = features.Facts with { Seconds = recording.Seconds },
            Timing = features.Timing! with { Start = features.Timing.Start + ((double)heard.Start.GetOffset(recording.Samples.Length) / recording.SampleRate) },
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _voice?.Dispose();

    /// <summary>Preprocesses sound that is in memory.</summary>
    /// <param name="samples">One channel, full scale -1 to 1.</param>
    /// <param name="sampleRate">Samples a second; another rate than the settings' is resampled.</param>
    /// <param name="name">The input's name, for messages.</param>
    /// <param name="facts">What is known already; rate, seconds and notes are added.</param>
    /// <exception cref="InputException">
    /// <see cref="InputErrorCodes.NoContent"/>: nothing but silence; <see cref="InputErrorCodes.Corrupt"/>: not finite; <see cref="InputErrorCodes.TooLarge"/>: too long after trimming.
    /// </exception>
    public Features Preprocess(ReadOnlySpan<float> samples, int sampleRate, string name, InputFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var resampled = sampleRate == _settings.SampleRate ? samples : Resampler.Resample(samples, sampleRate, _settings.SampleRate);
        var peak = resampled.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(resampled));
        if (!float.IsFinite(peak))
        {
            // Floating-point files may hold samples so large that resampling overflows.
            throw new InputException(
                InputErrorCodes.Corrupt, $"'{name}' holds samples that are beyond all measure.", "Export the recording as WAV with 16-bit PCM.");
        }

        if (peak < Silence)
        {
            throw new InputException(
                InputErrorCodes.NoContent, $"'{name}' is silent.", "Check the microphone and record again.");
        }

        var (start, length) = SilenceTrimmer.Find(resampled, _settings.Hop, _settings.TrimDb).GetOffsetAndLength(resampled.Length);
        var utterance = resampled.Slice(start, length);
        if (utterance.Length > _settings.MaximumSeconds * _settings.SampleRate)
        {
            throw new InputException(
                InputErrorCodes.TooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' lasts {(double)utterance.Length / _settings.SampleRate:0.#} s without its quiet ends; " +
                    $"the encoder takes at most {_settings.MaximumSeconds:0.#} s."),
                "Send a shorter recording, or cut it into several.");
        }

        var features = _extractor.Extract(utterance);
        return new Features(
            Modality.Audio,
            new Dictionary<string, HostTensor>
            {
                [InputFeatures] = HostTensor.Create<float>(features, _settings.Mels, features.Length / _settings.Mels),
            },
            facts with
            {
                SampleRate = sampleRate,
                Seconds = (double)samples.Length / sampleRate,
                Notes = [.. facts.Notes, .. Notes(resampled.Length, utterance.Length)],
            })
        {
            Timing = SoundTiming.Whole((double)start / _settings.SampleRate, (double)length / _settings.SampleRate),
        };
    }

    private Range FindSpeech(Recording recording, string name, out double? share, out IReadOnlyList<string> notes)
    {
        (share, notes) = (null, []);
        if (_settings.VoiceActivity is not { } settings)
        {
            return Range.All;
        }

        using var sink = new VoiceSink(_voice!, settings);
        var resampling = ResamplingSink.For(recording.SampleRate, settings.SampleRate, sink);
        resampling.Write(recording.Samples);
        resampling.Complete();
        share = sink.Result.Share;
        if (!settings.Trim)
        {
            return Range.All;
        }

        var (from, to) = sink.Result.Section(settings, recording.Seconds, name, out notes);
        var start = (int)(from * recording.SampleRate);
        return start..Math.Clamp((int)Math.Ceiling(to * recording.SampleRate), start, recording.Samples.Length);
    }

    private IEnumerable<string> Notes(int before, int after)
    {
        var cut = (double)(before - after) / _settings.SampleRate;
        if (cut >= 0.1)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{cut:0.0} s of silence were cut from the ends");
        }
    }

    internal static void Validate(LogMelSettings settings)
    {
        const string Kind = LogMelSettings.Kind;
        SettingsGuard.InRange(Kind, "sampleRate", settings.SampleRate, 1000, Resampler.MaximumRate);
        SettingsGuard.InRange(Kind, "fft", settings.Fft, 4, 1 << 16);
        SettingsGuard.Holds(Kind, int.IsPow2(settings.Fft), $"fft must be a power of two, not {settings.Fft}");
        SettingsGuard.InRange(Kind, "window", settings.Window, 1, settings.Fft);
        SettingsGuard.InRange(Kind, "hop", settings.Hop, 1, 1 << 16);
        SettingsGuard.InRange(Kind, "mels", settings.Mels, 1, 1024);
        SettingsGuard.InRange(Kind, "minimumFrequency", settings.MinimumFrequency, 0, settings.SampleRate / 2.0);
        SettingsGuard.InRange(Kind, "maximumFrequency", settings.MaximumFrequency, 0, settings.SampleRate / 2.0);
        SettingsGuard.Holds(Kind, settings.MinimumFrequency < settings.MaximumFrequency, "minimumFrequency must be below maximumFrequency");
        SettingsGuard.InRange(Kind, "dynamicRangeDb", settings.DynamicRangeDb, 1, 300);
        SettingsGuard.InRange(Kind, "trimDb", settings.TrimDb, 1, 300);
        settings.VoiceActivity?.Validate(Kind);
        SettingsGuard.InRange(Kind, "maximumSeconds", settings.MaximumSeconds, 0.01, 3600);
    }
}

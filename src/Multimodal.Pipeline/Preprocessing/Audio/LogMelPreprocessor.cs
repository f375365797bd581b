using System.Globalization;
using System.Numerics.Tensors;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>Turns a recording of one utterance into <c>input_features</c> float32 [mels, frames]. Safe for concurrent use.</summary>
public sealed class LogMelPreprocessor : IPreprocessor
{
    /// <summary>The name of the tensor.</summary>
    public const string InputFeatures = "input_features";

    /// <summary>A recording whose greatest magnitude is below this (of 1) is silent.</summary>
    private const float Silence = 1e-4f;

    private readonly LogMelSettings _settings;
    private readonly InputLimits _limits;
    private readonly LogMelExtractor _extractor;

    /// <summary>Preprocesses with these settings.</summary>
    /// <exception cref="PipelineException">A setting is out of range.</exception>
    public LogMelPreprocessor(LogMelSettings settings, InputLimits limits)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(limits);
        Validate(settings);
        _settings = settings;
        _limits = limits;
        _extractor = new LogMelExtractor(settings);
    }

    /// <inheritdoc/>
    public Modality Modality => Modality.Audio;

    /// <inheritdoc/>
    public Features Preprocess(InputContent content, string mediaType)
    {
        ArgumentNullException.ThrowIfNull(content);
        var recording = WavReader.Read(content, _limits);
        return Preprocess(recording.Samples, recording.SampleRate, content.Name, new InputFacts
        {
            MediaType = mediaType,
            Bytes = content.Bytes.Length,
            Channels = recording.Channels,
            Notes = recording.Notes,
        });
    }

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

        var utterance = resampled[SilenceTrimmer.Find(resampled, _settings.Hop, _settings.TrimDb)];
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
            });
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
        SettingsGuard.InRange(Kind, "maximumSeconds", settings.MaximumSeconds, 0.01, 3600);
    }
}

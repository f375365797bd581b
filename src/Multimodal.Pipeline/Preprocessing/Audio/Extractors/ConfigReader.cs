using System.Text.Json;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>Makes the extractor that a configuration describes. Defaults are those of transformers' classes.</summary>
internal static class ConfigReader
{
    private const int LowestRate = 1000;
    private const int LongestTransform = 1 << 16;
    private const int MostMels = 1024;
    private const int MostSamples = 1 << 27;

    /// <exception cref="PipelineException">The type or a member is not known, or a value cannot be used.</exception>
    public static IFeatureExtractor Read(JsonElement root, string path)
    {
        var members = new ConfigMembers(root, path);
        if (root.TryGetProperty("kind", out _))
        {
            return ReadOurs(root, members);
        }

        var type = TypeOf(root, members);
        IFeatureExtractor extractor = type switch
        {
            "WhisperFeatureExtractor" => ReadWhisper(members),
            "ClapFeatureExtractor" => ReadClap(members),
            "ASTFeatureExtractor" => ReadSpectrogramTransformer(members),
            "Speech2TextFeatureExtractor" => ReadSpeechToText(members),
            "Wav2Vec2FeatureExtractor" => ReadWaveform(members),
            _ => throw members.Fault(
                $"the feature extractor '{type}' is not known; known: WhisperFeatureExtractor, ClapFeatureExtractor, ASTFeatureExtractor, " +
                "Speech2TextFeatureExtractor, Wav2Vec2FeatureExtractor"),
        };
        members.RefuseOthers();
        return extractor;
    }

    // The oldest configurations of wav2vec 2.0 name no type; no others have their members.
    private static string TypeOf(JsonElement root, ConfigMembers members) =>
        root.TryGetProperty("feature_extractor_type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString()! :
        root.TryGetProperty("do_normalize", out _) && root.TryGetProperty("feature_size", out var size) &&
            size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out var one) && one == 1 && !root.TryGetProperty("num_mel_bins", out _)
            ? "Wav2Vec2FeatureExtractor"
            : throw members.Fault("it names no feature_extractor_type");

    private static WhisperExtractor ReadWhisper(ConfigMembers members)
    {
        var rate = RateOf(members, 16_000);
        var mels = members.Integer("feature_size", 80, 1, MostMels);
        var fft = TransformOf(members, "n_fft", 400);
        var hop = members.Integer("hop_length", 160, 1, LongestTransform);
        var length = LengthOf(members, members.Number("chunk_length", 30), rate, fft, "chunk_length");
        members.Agrees("n_samples", length, "by chunk_length and sampling_rate");
        members.Agrees("nb_max_frames", length / hop, "by chunk_length, sampling_rate and hop_length");
        RequirePadding(members);
        RequireNoDither(members);
        var extractor = new WhisperExtractor(rate, mels, fft, hop, length);
        if (members.Find("mel_filters") is { } filters)
        {
            MelFilterCheck.Check(filters, extractor.Bands, (fft / 2) + 1, members);
        }

        return extractor;
    }

    private static ClapExtractor ReadClap(ConfigMembers members)
    {
        var rate = RateOf(members, 48_000);
        var mels = members.Integer("feature_size", 64, 1, MostMels);
        var fft = TransformOf(members, "fft_window_size", 1024);
        var hop = members.Integer("hop_length", 480, 1, LongestTransform);
        var length = LengthOf(members, members.Number("max_length_s", 10), rate, fft, "max_length_s");
        var lowest = members.Number("frequency_min", 0);
        var highest = members.Number("frequency_max", 14_000);
        if (lowest < 0 || lowest >= highest || highest > rate / 2.0)
        {
            throw members.Fault("frequency_min must be below frequency_max, and that at most half of sampling_rate");
        }

        members.Agrees("nb_max_samples", length, "by max_length_s and sampling_rate");
        members.Agrees("nb_frequency_bins", (fft / 2) + 1, "by fft_window_size");
        if (members.Text("truncation", "fusion", "fusion", "rand_trunc") == "fusion")
        {
            throw members.Fault("truncation 'fusion' is not read: it stacks parts of the sound that are chosen at random. Known: rand_trunc");
        }

        var padding = members.Text("padding", "repeatpad", "repeatpad", "repeat", "pad") switch
        {
            "repeatpad" => ClapPadding.RepeatPad,
            "repeat" => ClapPadding.Repeat,
            _ => ClapPadding.Pad,
        };
        if (members.Find("top_db") is not null)
        {
            throw members.Fault("top_db is not read by transformers; it must be null");
        }

        // Written beside max_length_s and fft_window_size, and read by nobody.
        members.Ignore("chunk_length_s", "n_fft", "nb_max_frames");
        RequirePadding(members);
        return new ClapExtractor(rate, mels, fft, hop, length, lowest, highest, padding);
    }

    private static SpectrogramTransformerExtractor ReadSpectrogramTransformer(ConfigMembers members)
    {
        var rate = RateOf(members, 16_000);
        var mels = members.Integer("num_mel_bins", 128, 1, MostMels);
        var frames = members.Integer("max_length", 1024, 1, 1 << 20);
        var normalise = members.Flag("do_normalize", true);
        var mean = (float)members.Number("mean", -4.2677393);
        var deviation = (float)members.Number("std", 4.5689974);
        if (normalise && !(deviation > 0))
        {
            throw members.Fault("std must be above 0");
        }

        members.Ignore("feature_size");
        RequirePadding(members);
        RequireNoDither(members);
        return new SpectrogramTransformerExtractor(rate, mels, frames, normalise ? (mean, deviation) : null);
    }

    private static SpeechToTextExtractor ReadSpeechToText(ConfigMembers members)
    {
        var rate = RateOf(members, 16_000);
        var mels = members.Integer("num_mel_bins", 80, 1, MostMels);
        var normalise = members.Flag("do_ceptral_normalize", true);
        var means = members.Flag("normalize_means", true);
        var deviations = members.Flag("normalize_vars", true);
        members.Agrees("feature_size", mels, "by num_mel_bins");
        RequirePadding(members);
        RequireNoDither(members);
        return new SpeechToTextExtractor(rate, mels, normalise && means, normalise && deviations);
    }

    private static WaveformExtractor ReadWaveform(ConfigMembers members)
    {
        var rate = RateOf(members, 16_000);
        var normalise = members.Flag("do_normalize", true);
        members.Agrees("feature_size", 1, "for raw samples");
        RequirePadding(members);
        return new WaveformExtractor(rate, normalise);
    }

    private static UtteranceExtractor ReadOurs(JsonElement root, ConfigMembers members)
    {
        try
        {
            if (root.Deserialize(PipelineJson.Default.PreprocessingSettings) is not LogMelSettings settings)
            {
                throw members.Fault($"the kind is not '{LogMelSettings.Kind}'");
            }

            LogMelPreprocessor.Validate(settings);
            return new UtteranceExtractor(settings);
        }
        catch (JsonException e)
        {
            throw new PipelineException($"{members.Fault("it is not valid").Message} {e.Message}", e);
        }
    }

    private static int RateOf(ConfigMembers members, int otherwise) =>
        members.Integer("sampling_rate", otherwise, LowestRate, Resampler.MaximumRate);

    private static int TransformOf(ConfigMembers members, string name, int otherwise)
    {
        var fft = members.Integer(name, otherwise, 4, LongestTransform);
        return fft % 2 == 0 ? fft : throw members.Fault($"{name} must be even, not {fft}");
    }

    private static int LengthOf(ConfigMembers members, double seconds, int rate, int fft, string name)
    {
        var length = seconds * rate;
        return length == Math.Floor(length) && length > fft && length <= MostSamples
            ? (int)length
            : throw members.Fault($"{name} must give a whole number of samples, more than a frame and at most {MostSamples}");
    }

    private static void RequirePadding(ConfigMembers members)
    {
        members.Agrees("padding_value", 0, "here");
        members.Text("padding_side", "right", "right");
    }

    // Noise that training adds and inference must not.
    private static void RequireNoDither(ConfigMembers members) => members.Agrees("dither", 0, "here");
}

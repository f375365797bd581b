using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Testing;
using Multimodal.Testing.Audio;

namespace Multimodal.Pipeline.Tests.Preprocessing.Audio;

public sealed class FeatureExtractorConfigTests
{
    [Theory]
    [InlineData(ExtractorConfigs.Whisper, 16_000, "input_features", 30.0)]
    [InlineData(ExtractorConfigs.Clap, 48_000, "input_features", 10.0)]
    [InlineData(ExtractorConfigs.SpectrogramTransformer, 16_000, "input_values", 10.255)]
    [InlineData(ExtractorConfigs.SpeechToText, 16_000, "input_features", null)]
    [InlineData(ExtractorConfigs.Waveform, 16_000, "input_values", null)]
    [InlineData(ExtractorConfigs.Ours, 8000, "input_features", null)]
    public void Load_ConfigurationOfTheHub_IsReadAsItIs(string json, int rate, string tensor, double? seconds)
    {
        var config = Load(json);

        Assert.Equal((rate, tensor), (config.SampleRate, config.TensorName));
        Assert.Equal(seconds ?? 0, config.Seconds ?? 0, 1e-9);
    }

    [Fact]
    public void Load_WhisperWithItsBands_ComparesThem()
    {
        using var config = new TemporaryFile(ExtractorConfigs.Whisper);
        var bands = ((Pipeline.Preprocessing.Audio.Extractors.WhisperExtractor)FeatureExtractorConfig.Load(config.Path).Extractor).Bands;
        var rows = Enumerable.Range(0, bands.Count).Select(band => Enumerable.Range(0, 201)
            .Select(bin => bands.Weights[band].ElementAtOrDefault(bin - bands.FirstBins[band])).ToArray()).ToArray();

        Assert.Equal(16_000, Load(WithBands(rows)).SampleRate);

        rows[3][5] += 0.01;
        Assert.Contains("mel_filters", Assert.Throws<PipelineException>(() => Load(WithBands(rows))).Message, StringComparison.Ordinal);

        static string WithBands(double[][] rows) =>
            ExtractorConfigs.Whisper.Replace("\"n_fft\"", $"\"mel_filters\": {System.Text.Json.JsonSerializer.Serialize(rows)}, \"n_fft\"", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExtractorConfigs.Whisper, "\"sampling_rate\": 16000", "\"sampling_rate\": 16000, \"spec_augment\": true", "spec_augment")]
    [InlineData(ExtractorConfigs.Whisper, "\"sampling_rate\": 16000", "\"sampling_rate\": 16000, \"dither\": 0.1", "dither")]
    [InlineData(ExtractorConfigs.Whisper, "WhisperFeatureExtractor", "EncodecFeatureExtractor", "EncodecFeatureExtractor")]
    [InlineData(ExtractorConfigs.Whisper, "\"n_fft\": 400", "\"n_fft\": 401", "n_fft")]
    [InlineData(ExtractorConfigs.Whisper, "\"n_fft\": 400", "\"n_fft\": \"400\"", "n_fft")]
    [InlineData(ExtractorConfigs.Whisper, "\"n_samples\": 480000", "\"n_samples\": 470000", "n_samples")]
    [InlineData(ExtractorConfigs.Whisper, "\"hop_length\": 160", "\"hop_length\": 0", "hop_length")]
    [InlineData(ExtractorConfigs.Whisper, "\"chunk_length\": 30", "\"chunk_length\": 1e9", "chunk_length")]
    [InlineData(ExtractorConfigs.Whisper, "\"padding_value\": 0.0", "\"padding_value\": 0.5", "padding_value")]
    [InlineData(ExtractorConfigs.Whisper, "\"padding_side\": \"right\"", "\"padding_side\": \"left\"", "padding_side")]
    [InlineData(ExtractorConfigs.Clap, "rand_trunc", "fusion", "fusion")]
    [InlineData(ExtractorConfigs.Clap, "\"truncation\": \"rand_trunc\"", "\"truncation\": null", "fusion")]
    [InlineData(ExtractorConfigs.Clap, "repeatpad", "mirror", "mirror")]
    [InlineData(ExtractorConfigs.Clap, "\"frequency_max\": 14000", "\"frequency_max\": 25000", "frequency_max")]
    [InlineData(ExtractorConfigs.Clap, "\"top_db\": null", "\"top_db\": 80", "top_db")]
    [InlineData(ExtractorConfigs.SpectrogramTransformer, "\"std\": 4.5689974", "\"std\": 0", "std")]
    [InlineData(ExtractorConfigs.SpectrogramTransformer, "\"do_normalize\": true", "\"do_normalize\": 1", "do_normalize")]
    [InlineData(ExtractorConfigs.SpeechToText, "\"feature_size\": 80", "\"feature_size\": 40", "feature_size")]
    [InlineData(ExtractorConfigs.Waveform, "\"feature_size\": 1", "\"feature_size\": 2", "feature_extractor_type")]
    [InlineData(ExtractorConfigs.Ours, "\"mels\": 40", "\"mels\": 0", "mels")]
    [InlineData(ExtractorConfigs.Ours, "\"mels\": 40", "\"melts\": 40", "melts")]
    [InlineData("{ \"kind\": \"glyph\" }", "glyph", "glyph", "log-mel")]
    [InlineData(ExtractorConfigs.Ours, "{", "[", "configuration")]
    [InlineData("[]", "[]", "[]", "object")]
    public void Load_MemberThatWouldChangeValues_IsRefusedByName(string json, string part, string other, string named)
    {
        var e = Assert.Throws<PipelineException>(() => Load(json.Replace(part, other, StringComparison.Ordinal)));

        Assert.Contains(named, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_IsNamed() => Assert.Contains(
        "nowhere.json", Assert.Throws<PipelineException>(() => FeatureExtractorConfig.Load(Path.Combine("no", "nowhere.json"))).Message, StringComparison.Ordinal);

    private static FeatureExtractorConfig Load(string json)
    {
        using var file = new TemporaryFile(json);
        return FeatureExtractorConfig.Load(file.Path);
    }
}

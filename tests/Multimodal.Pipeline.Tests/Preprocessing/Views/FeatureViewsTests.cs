using CsCheck;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Views;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;
using Multimodal.Testing.Audio;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Pipeline.Tests.Preprocessing.Views;

public sealed class FeatureViewsTests
{
    private static readonly ModelFolder Nowhere = new("", null!, "");

    [Fact]
    public void Of_Picture_UndoesTheStandardisation() =>
        Gen.Byte.Array[12].Sample(pixels =>
        {
            var settings = new GlyphSettings();
            var values = pixels.Select(pixel => (float)(((pixel / 255.0) - settings.Mean) / settings.StandardDeviation)).ToArray();

            var picture = View(Modality.Image, "pixel_values", values, [1, 3, 4], settings).Picture!;

            Assert.Equal((4, 3, 1), (picture.Width, picture.Height, picture.Channels));
            Assert.Equal(pixels, picture.Pixels);
        });

    [Fact]
    public void Of_PictureInColour_PutsTheChannelsSideBySide()
    {
        var settings = new GlyphSettings { Mean = 0, StandardDeviation = 1 };

        var picture = View(Modality.Image, "pixel_values", [0.2f, 0.4f, 0.6f, 0.8f, 1f, 2f], [3, 1, 2], settings).Picture!;

        Assert.Equal(3, picture.Channels);
        Assert.Equal([51, 153, 255, 102, 204, 255], picture.Pixels);
    }

    [Fact]
    public void Of_PictureOfAnImageProcessor_UndoesTheNormalisation()
    {
        var folder = Directory.CreateTempSubdirectory("views");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "c.json"), """{"image_processor_type":"CLIPImageProcessor"}""");
            var pipeline = new ModelFolder(
                folder.FullName,
                new PipelineDefinition
                {
                    Schema = PipelineDefinition.CurrentSchema,
                    Name = "test",
                    Version = "1",
                    Encoders = new Dictionary<Modality, EncoderDefinition>(),
                    Fusion = new FusionDefinition { Method = FusionMethods.Weighted },
                    Tasks = [],
                    Files = new Dictionary<string, string> { ["c.json"] = "" },
                },
                "");
            var config = ImageProcessorConfig.Load(Path.Combine(folder.FullName, "c.json"));
            byte[] pixels = [.. Enumerable.Range(0, 256 * 3).Select(i => (byte)((i * 7) % 256))];
            var values = new float[pixels.Length];
            for (var i = 0; i < pixels.Length; i++)
            {
                values[(i % 3 * 256) + (i / 3)] = config.ValuesOf(i % 3)[pixels[i]];
            }

            var features = new Features(
                Modality.Image,
                new Dictionary<string, HostTensor> { ["pixel_values"] = HostTensor.Create<float>(values, 3, 16, 16) },
                new InputFacts { MediaType = "" });

            var picture = FeatureViews.Of(features, new ImageSettings { Config = "c.json" }, pipeline).Picture!;

            Assert.Equal((16, 16, 3), (picture.Width, picture.Height, picture.Channels));
            Assert.Equal(pixels, picture.Pixels);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Of_Spectrogram_SpansItsLevels()
    {
        var spectrogram = View(Modality.Audio, "input_features", [-1, 0, 1, 3, -1, 1], [2, 3], new LogMelSettings()).Spectrogram!;

        Assert.Equal((2, 3, -1.0, 3.0), (spectrogram.Bands, spectrogram.Frames, spectrogram.Minimum, spectrogram.Maximum));
        Assert.Equal([0, 64, 128, 255, 0, 128], spectrogram.Levels);
        Assert.Equal((60.0, 3800.0), (spectrogram.MinimumFrequency, spectrogram.MaximumFrequency));
    }

    [Fact]
    public void Of_SpectrogramOfOneLevel_IsDark() =>
        Assert.All(View(Modality.Audio, "input_features", [2, 2], [1, 2], new LogMelSettings()).Spectrogram!.Levels, level => Assert.Equal(0, level));

    [Fact]
    public void OfWaveform_Recording_HasItsPeaksAndWhatIsHeard()
    {
        var upload = new InputContent("tone.wav", File.ReadAllBytes(Path.Combine(TestPaths.Models, "digits", "samples", "one-text-disagrees", "speech.wav")));

        var wave = WaveformViews.Of(upload, new LogMelSettings(), new InputLimits());

        Assert.Equal((WaveformViews.MaximumColumns, WaveformViews.MaximumColumns), (wave.Lows.Count, wave.Highs.Count));
        Assert.All(wave.Lows.Zip(wave.Highs), column => Assert.InRange(column.First, -1, column.Second));
        var recording = WavReader.Read(upload, new InputLimits());
        Assert.Equal((recording.Samples.Min(), recording.Samples.Max()), (wave.Lows.Min(), wave.Highs.Max()));
        Assert.Equal(recording.Seconds, wave.Seconds);

        // The encoder's frames cover what is said to be heard.
        var heard = new LogMelPreprocessor(new LogMelSettings(), new InputLimits()).Preprocess(upload, "audio/wav").Tensors["input_features"].Shape[1];
        Assert.Equal(heard, 1 + (int)((((wave.HeardTo - wave.HeardFrom)!.Value * 8000) - 200 + 0.5) / 80));
    }

    [Theory]
    [InlineData(ExtractorConfigs.Whisper, null, 80, 3000)]
    [InlineData(ExtractorConfigs.Whisper, 2.0, 80, 4000)]
    [InlineData(ExtractorConfigs.Clap, null, 64, 1001)]
    [InlineData(ExtractorConfigs.Clap, 2.0, 64, 2002)]
    [InlineData(ExtractorConfigs.SpectrogramTransformer, null, 128, 1024)]
    [InlineData(ExtractorConfigs.Waveform, null, 0, 0)]
    public void OfAudio_ExtractorOfAnyKind_DrawsItsBandsAndWhatIsHeard(string json, double? window, int bands, int frames)
    {
        var folder = Directory.CreateTempSubdirectory("views");
        File.WriteAllText(Path.Combine(folder.FullName, "c.json"), json);
        var model = new ModelFolder(
            folder.FullName, new ModelRepository(TestPaths.Models).Load("digits").Definition with { Files = new Dictionary<string, string> { ["c.json"] = "" } }, "");
        var settings = new AudioSettings { Config = "c.json", WindowSeconds = window, MaximumWindows = 2 };
        var upload = new InputContent("a.wav", new WavFile { Samples = [.. WavFile.Sine(300, 2), .. WavFile.Sine(3000, 3)] }.ToBytes());
        using var preprocessor = (AudioPreprocessor)new PreprocessorFactory(new NoImages(), new InputLimits()).Create(settings, model);
        var features = preprocessor.Preprocess(upload, MediaTypes.Wav);

        var spectrogram = FeatureViews.Of(features, settings, model).Spectrogram;
        var wave = WaveformViews.Of(upload, settings, new InputLimits(), null, model);
        folder.Delete(recursive: true);

        Assert.Equal((bands, frames), (spectrogram?.Bands ?? 0, spectrogram?.Frames ?? 0));
        Assert.Equal((WaveformViews.MaximumColumns, 5.0), (wave.Lows.Count, wave.Seconds));
        Assert.Equal(0, wave.HeardFrom);
        Assert.Equal(window is null ? 5.0 : 4.0, wave.HeardTo!.Value, 1e-3);
        if (spectrogram is null)
        {
            return;
        }

        // The low tone comes first, and the high one after it, in the second window where there are two.
        int Loudest(int frame) => Enumerable.Range(0, bands).MaxBy(band => spectrogram.Levels[(band * frames) + frame]);
        var (early, late) = window is null ? (frames / 100, frames / 10) : (frames / 100, (frames / 2) + (frames / 100));
        early = json == ExtractorConfigs.Clap ? 100 : early;
        late = json == ExtractorConfigs.Clap && window is null ? 400 : late;
        late = json == ExtractorConfigs.SpectrogramTransformer ? 400 : json == ExtractorConfigs.Whisper && window is null ? 400 : late;
        Assert.True(Loudest(early) < Loudest(late), $"{Loudest(early)} and {Loudest(late)}");
        Assert.True(spectrogram.MinimumFrequency < spectrogram.MaximumFrequency);
    }

    [Fact]
    public void OfWaveform_RecordingOfUnknownLength_HasItsPeaksInPlace()
    {
        var columns = new PeakColumns();
        var samples = Enumerable.Range(0, 300_000).Select(i => (float)Math.Sin(i * 0.01) * i / 300_000).ToArray();
        columns.Add(samples.AsSpan(0, 100));
        columns.Add(samples.AsSpan(100));

        var (lows, highs) = columns.ToColumns(100);

        for (var i = 0; i < 100; i++)
        {
            var part = samples.AsSpan(i * 3000, 3000).ToArray();
            Assert.Equal(part.Min(), lows[i], 0.02f);
            Assert.Equal(part.Max(), highs[i], 0.02f);
        }
    }

    private static FeatureView View(Modality modality, string name, float[] values, int[] shape, PreprocessingSettings settings) => FeatureViews.Of(
        new Features(
            modality,
            new Dictionary<string, HostTensor> { [name] = HostTensor.Create<float>(values, shape) },
            new InputFacts { MediaType = "x/y" }),
        settings,
        Nowhere);
}

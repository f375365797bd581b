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
                    Fusion = new FusionDefinition { Method = WeightedFusion.Method },
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

    private static FeatureView View(Modality modality, string name, float[] values, int[] shape, PreprocessingSettings settings) => FeatureViews.Of(
        new Features(
            modality,
            new Dictionary<string, HostTensor> { [name] = HostTensor.Create<float>(values, shape) },
            new InputFacts { MediaType = "x/y" }),
        settings,
        Nowhere);
}

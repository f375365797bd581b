using Multimodal.Audio.FFmpeg;
using Multimodal.Imaging.Vips;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Preprocessing.Texts.Formats;
using Multimodal.Testing;
using Multimodal.Testing.Audio;
using Multimodal.Testing.Fuzzing;
using Multimodal.Testing.Imaging;
using Multimodal.Testing.Texts;

namespace Multimodal.Trials.Fuzz;

/// <summary>
/// Every format with each kind of preprocessing that reads it: those of <c>digits</c>, and those of models of the hub (CLIP's images,
/// Whisper's recordings, BERT's tokens).
/// </summary>
internal static class FuzzFormats
{
    // Native libraries get the most. What starts a process for each file gets little: it costs a hundred times as much.
    private const int ImageWeight = 12, WavWeight = 30, TextWeight = 6, ProcessWeight = 2;

    private static readonly PreprocessorFactory Factory = new(new VipsImageDecoder(), new InputLimits(), new FFmpegAudioDecoder());

    /// <summary>What one file of a format that starts ffmpeg may take: what ffmpeg may, and the rest as for other formats.</summary>
    public static readonly TimeSpan ProcessLimit = new FFmpegOptions().TimeLimit + PreprocessorFuzzer.Limit;

    /// <summary>Makes them; the preprocessors hold no files and no memory but their own.</summary>
    /// <param name="data">The data folder, or null.</param>
    public static IReadOnlyList<FuzzFormat> Make(string? data)
    {
        var digits = new ModelRepository(TestPaths.Models).Load("digits");
        var temporary = Directory.CreateTempSubdirectory("fuzz");
        try
        {
            var hub = Hub(digits, temporary.FullName);
            return [.. Images(digits, hub, data), .. Recordings(digits, hub), .. Texts(digits, hub)];
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    private static IEnumerable<FuzzFormat> Images(ModelFolder digits, ModelFolder hub, string? data)
    {
        (string Kind, IPreprocessor)[] preprocessors =
        [
            (ImageSettings.Kind, Factory.Create(new ImageSettings { Config = "image.json" }, hub)), (GlyphSettings.Kind, Of(digits, Modality.Image)),
        ];
        return from samples in FuzzSamples.Images(data).OrderBy(samples => samples.Key, StringComparer.Ordinal)
               from preprocessor in preprocessors
               select Make(samples.Key, preprocessor, [.. samples], ImageWeight);
    }

    private static IEnumerable<FuzzFormat> Recordings(ModelFolder digits, ModelFolder hub)
    {
        var whisper = (AudioSettings.Kind, Factory.Create(new AudioSettings { Config = "audio.json" }, hub));
        var wavs = FuzzSamples.Wavs();
        yield return Make("wav", whisper, wavs, WavWeight);
        yield return Make("wav", (LogMelSettings.Kind, Of(digits, Modality.Audio)), wavs, WavWeight);
        foreach (var format in FFmpegTool.IsPresent ? AudioFormat.All.Values : [])
        {
            yield return Make(format.Name, whisper, [FuzzSamples.Encoded(format)], ProcessWeight) with { Limit = ProcessLimit };
        }
    }

    private static IEnumerable<FuzzFormat> Texts(ModelFolder digits, ModelFolder hub)
    {
        var characters = (CharacterSettings.Kind, Of(digits, Modality.Text));
        var notes = FuzzSamples.OfJobs(Modality.Text).ToList();
        foreach (var sample in TextSample.All)
        {
            IReadOnlyList<InputContent> samples = sample is { Format: TextFormat.Plain, Encoding: "utf-8" } ? [sample.Content, .. notes] : [sample.Content];
            var tokens = Factory.Create(new TokenSettings { Tokenizer = "tokenizer.json", Format = sample.Format }, hub);
            yield return Make(sample.Name, (TokenSettings.Kind, tokens), samples, TextWeight);
            yield return Make(sample.Name, characters, samples, TextWeight);
        }
    }

    private static FuzzFormat Make(string name, (string Kind, IPreprocessor Made) preprocessor, IReadOnlyList<InputContent> samples, int weight) =>
        new(name, preprocessor.Kind, preprocessor.Made, samples) { Weight = weight, Limit = PreprocessorFuzzer.Limit };

    private static IPreprocessor Of(ModelFolder folder, Modality modality) =>
        Factory.Create(folder.Definition.Encoders[modality].Preprocessing, folder);

    // A folder as an import writes it, with nothing in it but what preprocessors read.
    private static ModelFolder Hub(ModelFolder digits, string path)
    {
        var tests = Path.Combine(TestPaths.Repository, "tests");
        File.Copy(TransformersCase.ConfigPath("clip.json"), Path.Combine(path, "image.json"));
        File.WriteAllText(Path.Combine(path, "audio.json"), ExtractorConfigs.Whisper);
        foreach (var name in (string[])["tokenizer.json", "tokenizer_config.json"])
        {
            File.Copy(Path.Combine(tests, "Multimodal.Pipeline.Tests", "Golden", "Tokenizers", "bert-cased", name), Path.Combine(path, name));
        }

        var files = Directory.EnumerateFiles(path).ToDictionary(file => Path.GetFileName(file), _ => "");
        return new ModelFolder(path, digits.Definition with { Files = files }, "");
    }
}

using System.Globalization;
using Multimodal.Benchmarks.Compare;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Spectre.Console;

namespace Multimodal.Benchmarks.Audio;

/// <summary>Whisper's log-mel features of 30 s: ours beside transformers.js.</summary>
internal static class LogMelComparison
{
    private const string Seconds = "30";

    public static void Run(CompareSettings settings)
    {
        var file = Path.Combine(settings.Data, "golden", "whisper-logmel", "sp30.pcm16k.npy");
        using var config = new TemporaryFile(WhisperConfig.Json);
        using var preprocessor = new AudioPreprocessor(
            new AudioSettings { Config = config.Path }, FeatureExtractorConfig.Load(config.Path), new AudioReader(new InputLimits()));
        var samples = SampleFile.Read(file);
        using var ours = new LocalContender("ours", work => preprocessor.Extract(samples.AsSpan(0, int.Parse(work, CultureInfo.InvariantCulture) * 16_000)));
        using var theirs = PeerContender.Start("transformers.js", "logmel.mjs", settings.Modules, file);

        var medians = new Comparison([ours, theirs], warmups: 40, settings.Runs).Run([Seconds])[Seconds];

        AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"transformers.js takes {medians[1] / medians[0]:0.0} times as long."));
    }
}

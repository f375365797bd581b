using System.Diagnostics;
using Multimodal.Onnx;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Speech;
using Multimodal.Testing;
using Multimodal.Testing.Pipelines;
using Multimodal.Testing.Speech;

namespace Multimodal.Trials.Speech;

/// <summary>Transcribes the strings of <c>models/spoken-digits/evaluation</c>, laid of test recordings, and counts the errors.</summary>
/// <param name="recordings">The folder <c>fsdd/</c>.</param>
/// <param name="tell">Hears how it goes.</param>
internal sealed class SpeechTrial(string recordings, Action<string> tell)
{
    public const string All = "all";

    private static readonly int[] Beams = [1, 8];

    public async Task<SpeechReport> RunAsync(CancellationToken cancellationToken)
    {
        var strings = SpokenString.ReadAll();
        var laid = strings.Select(one => one.String.Lay(recordings)).ToList();
        var folder = new ModelRepository(TestPaths.Models).Load("spoken-digits");
        var audio = folder.Definition.Encoders[Modality.Audio];
        var figures = new List<SpeechFigure>();
        var (equal, rate) = (0, 0.0);
        foreach (var beam in Beams)
        {
            var definition = folder.Definition with
            {
                Encoders = new Dictionary<Modality, EncoderDefinition>
                {
                    [Modality.Audio] = audio with { Transcription = (CtcSettings)audio.Transcription! with { Beam = beam } },
                },
            };
            using var pipeline = new LoadedPipeline(
                folder with { Definition = definition }, new PreprocessorFactory(new NoImages(), new InputLimits()), new OnnxModelFactory(new OnnxOptions()));
            var begun = Stopwatch.GetTimestamp();
            var texts = new List<string>();
            foreach (var samples in laid)
            {
                texts.Add(await TranscribeAsync(pipeline, samples, cancellationToken));
            }

            rate = laid.Sum(samples => samples.Length / (double)SpokenString.SampleRate) / Stopwatch.GetElapsedTime(begun).TotalSeconds;
            equal = beam == 1 ? strings.Zip(texts).Count(pair => pair.First.Expected == pair.Second) : equal;
            foreach (var condition in strings.Select(one => one.String.Condition).Distinct().Prepend(All))
            {
                var own = strings.Zip(texts).Where(pair => condition == All || pair.First.String.Condition == condition)
                    .Select(pair => (Said: pair.First.String.Text, Heard: pair.Second)).ToList();
                figures.Add(Measure(condition, beam, own));
            }

            tell($"beam {beam}: {figures[^3].WordErrorRate:0.00} % of the words wrong, {rate:0} s of sound a second");
        }

        return new SpeechReport { Figures = figures, EqualPyTorch = equal, SecondsOfSoundPerSecond = Math.Round(rate, 1) };
    }

    private static SpeechFigure Measure(string condition, int beam, List<(string Said, string Heard)> pairs)
    {
        var errors = pairs.Aggregate(default(WordErrors), (sum, pair) => sum + WordErrors.Of(pair.Said, pair.Heard));
        var wrong = pairs.Count(pair => pair.Said != pair.Heard);
        return new SpeechFigure(
            condition, beam, pairs.Count, errors.Words, errors.Edits, Math.Round(100 * errors.Rate, 2), Math.Round(100.0 * wrong / pairs.Count, 2));
    }

    private static async Task<string> TranscribeAsync(LoadedPipeline pipeline, float[] samples, CancellationToken cancellationToken)
    {
        var features = ((LogMelPreprocessor)pipeline.Preprocessor(Modality.Audio)).Preprocess(
            samples, SpokenString.SampleRate, "string.wav", new InputFacts { MediaType = MediaTypes.Wav });
        return Transcript.Of((await pipeline.Encoder(Modality.Audio).GenerateAsync([features], cancellationToken: cancellationToken))[0])!.Text;
    }
}

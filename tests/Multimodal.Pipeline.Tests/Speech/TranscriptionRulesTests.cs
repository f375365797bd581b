using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Tests.Speech;

/// <summary>The rules of pipelines with a recogniser, and the task that reports what it wrote down.</summary>
public sealed class TranscriptionRulesTests
{
    private static readonly CtcSettings Ctc = new() { Labels = ["", "one"], StrideSeconds = 0.02 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, TranscriptionSettings> Faults => new()
    {
        { "labels", Ctc with { Labels = ["one"] } },
        { "blank", Ctc with { Blank = 2 } },
        { "wordSeparator", Ctc with { WordSeparator = "|" } },
        { "strideSeconds", Ctc with { StrideSeconds = double.NaN } },
        { "beam", Ctc with { Beam = 0 } },
        { "stride", Ctc with { Stride = 0 } },
        { "through", Ctc with { Through = Modality.Image } },
        { "through", Ctc with { Through = Modality.Text } },
        { "beam", new WhisperSettings { Decoder = "d.onnx", Beam = 33 } },
        { "lengthPenalty", new WhisperSettings { Decoder = "d.onnx", LengthPenalty = 1.5 } },
        { "noSpeechThreshold", new WhisperSettings { Decoder = "d.onnx", NoSpeechThreshold = double.NaN } },
        { "task", new WhisperSettings { Decoder = "d.onnx", Task = "sing" } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void FindFaults_SettingThatCannotBe_IsNamed(string member, TranscriptionSettings settings) =>
        Assert.Contains(TranscriptionRules.FindFaults(Define(settings)), fault => fault.Contains(member, StringComparison.Ordinal));

    [Fact]
    public void FindFaults_GoodDefinition_HasNone() => Assert.Empty(TranscriptionRules.FindFaults(Define(Ctc)));

    [Fact]
    public void FindFaults_TaskWithoutRecogniser_IsNamed() =>
        Assert.Contains("transcript", Assert.Single(TranscriptionRules.FindFaults(Define(null))), StringComparison.Ordinal);

    [Fact]
    public void Json_BothKinds_ComeBackAsTheyWere()
    {
        foreach (var settings in (TranscriptionSettings[])[Ctc with { Beam = 4, Through = Modality.Text }, new WhisperSettings { Decoder = "d.onnx", Language = "en" }])
        {
            var json = JsonSerializer.Serialize(Define(settings), PipelineJson.Default.PipelineDefinition);
            var back = JsonSerializer.Deserialize(json, PipelineJson.Default.PipelineDefinition)!.Encoders[Modality.Audio].Transcription!;

            Assert.Equal(JsonSerializer.Serialize(settings, PipelineJson.Default.TranscriptionSettings), JsonSerializer.Serialize(back, PipelineJson.Default.TranscriptionSettings));
        }
    }

    [Fact]
    public async Task Execute_Transcripts_AreReportedInputByInput()
    {
        var context = new TaskContext
        {
            Transcripts =
            [
                new TranscribedInput("a.wav", new Transcript { Text = "one two", Words = [new TranscriptSpan("one", 0, 0.2, 0.9), new TranscriptSpan("two", 0.3, 0.5, 0.8)] }),
                new TranscribedInput("b.wav", new Transcript { Text = "" }),
                new TranscribedInput("c.wav", new Transcript { Text = "three" }),
            ],
        };
        var input = new TaskInput(new Dictionary<Modality, ReadOnlyMemory<float>>(), null!, context);

        var outcome = Assert.IsType<TranscriptionOutcome>(Assert.Single(await new Transcription(new TranscriptionDefinition { Name = "transcript" }).ExecuteAsync([input], Token)));

        Assert.Equal(("transcript", "one two\nthree"), (outcome.Task, outcome.Text));
        Assert.Equal(["a.wav", "b.wav", "c.wav"], outcome.Inputs.Select(one => one.Name));
        var json = JsonSerializer.Serialize<TaskOutcome>(outcome, PipelineJson.Default.TaskOutcome);
        Assert.Contains("\"kind\": \"transcription\"", json, StringComparison.Ordinal);
        Assert.Equal(outcome.Inputs[0].Transcript.Words, Assert.IsType<TranscriptionOutcome>(JsonSerializer.Deserialize(json, PipelineJson.Default.TaskOutcome)).Inputs[0].Transcript.Words);
    }

    private static PipelineDefinition Define(TranscriptionSettings? transcription) => new()
    {
        Schema = 1,
        Name = "p",
        Version = "1",
        Encoders = new Dictionary<Modality, EncoderDefinition>
        {
            [Modality.Audio] = new() { Model = "m.onnx", Dimensions = 4, Preprocessing = new LogMelSettings(), Transcription = transcription },
            [Modality.Text] = new() { Model = "t.onnx", Dimensions = 8, Preprocessing = new CharacterSettings { Vocabulary = "v.json" } },
        },
        Fusion = new FusionDefinition { Method = "scores" },
        Tasks = [new TranscriptionDefinition { Name = "transcript" }],
        Files = new Dictionary<string, string>(),
    };
}

using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Speech;
using Multimodal.Testing;
using Multimodal.Testing.Pipelines;
using Multimodal.Testing.Speech;

namespace Multimodal.Onnx.Tests.Speech;

/// <summary>The pipeline <c>spoken-digits</c>: connectionist temporal classification from the file to the words.</summary>
[Experimental("MEAI001")]
public sealed class SpokenDigitsTests
{
    private static readonly PreprocessorFactory Preprocessors = new(new NoImages(), new InputLimits());
    private static readonly OnnxModelFactory Models = new(new OnnxOptions { MaximumBatch = 8, WarmUp = false });
    private static readonly string Samples = Path.Combine(TestPaths.Models, "spoken-digits", "samples");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transcribe_TestStrings_GivePyTorchsTranscriptsAndFewErrors()
    {
        var recordings = TestPaths.Data("fsdd");
        var strings = SpokenString.ReadAll();
        using var greedy = Load(beam: 1);
        using var searched = Load(beam: 8);

        var best = await TranscribeAsync(greedy, strings.Select(one => one.String.Lay(recordings)));
        var beam = await TranscribeAsync(searched, strings.Select(one => one.String.Lay(recordings)));

        // Arithmetic in another order tips what is on edge.
        Assert.InRange(strings.Zip(best).Count(pair => pair.First.Expected == pair.Second.Text), strings.Count * 0.995, strings.Count);
        foreach (var transcripts in (Transcript[][])[best, beam])
        {
            var errors = strings.Zip(transcripts).Aggregate(default(WordErrors), (sum, pair) => sum + WordErrors.Of(pair.First.String.Text, pair.Second.Text));
            TestContext.Current.SendDiagnosticMessage($"{errors.Edits} edits of {errors.Words} words: {errors.Rate:P2}");
            Assert.InRange(errors.Rate, 0, 0.04);
        }
    }

    [Fact]
    public async Task Transcribe_TestStrings_WordsAreTimedWhereTheyWereLaid()
    {
        var recordings = TestPaths.Data("fsdd");
        using var pipeline = Load(beam: 8);
        var strings = SpokenString.ReadAll().Select(one => one.String).Where(one => one.Condition == "apart").Take(60).ToList();

        var transcripts = await TranscribeAsync(pipeline, strings.Select(one => one.Lay(recordings)));

        var checkedWords = 0;
        foreach (var (one, transcript) in strings.Zip(transcripts).Where(pair => pair.First.Text == pair.Second.Text))
        {
            for (var i = 0; i < one.Parts.Count; i++)
            {
                // A label peaks within its word, or shortly behind it.
                var start = one.Parts[i].Start / (double)SpokenString.SampleRate;
                var end = i + 1 < one.Parts.Count ? one.Parts[i + 1].Start / (double)SpokenString.SampleRate : double.MaxValue;
                Assert.InRange(transcript.Words[i].Start, start - 0.1, end + 0.2);
                checkedWords++;
            }
        }

        Assert.True(checkedWords > 100);
    }

    [Fact]
    public async Task Transcribe_Samples_AreRight()
    {
        using var pipeline = Load();
        using var notes = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(TestPaths.Models, "spoken-digits", "samples.json"), Token));

        foreach (var note in notes.RootElement.EnumerateObject())
        {
            var transcript = Transcript.Of((await pipeline.Encoder(Modality.Audio).GenerateAsync([Sample(pipeline, note.Name)], cancellationToken: Token))[0])!;

            Assert.Equal(note.Value.GetProperty("label").GetString(), transcript.Text);
            Assert.InRange(transcript.Confidence!.Value, 0, 1);
        }
    }

    [Fact]
    public async Task Transcribe_InOneBatch_PaddingChangesNothing()
    {
        using var pipeline = Load();
        Features[] inputs = [.. Directory.GetDirectories(Samples).Select(folder => Sample(pipeline, Path.GetFileName(folder)))];
        Assert.True(inputs.Select(input => input.Tensors["input_features"].Shape[1]).Distinct().Count() > 1);
        var encoder = pipeline.Encoder(Modality.Audio);

        var together = await encoder.GenerateAsync(inputs.Concat(inputs), cancellationToken: Token);

        for (var i = 0; i < inputs.Length; i++)
        {
            var alone = (await encoder.GenerateAsync([inputs[i]], cancellationToken: Token))[0];
            var (expected, actual) = (Transcript.Of(alone)!, Transcript.Of(together[i])!);
            Assert.Equal(expected.Text, actual.Text);
            Assert.Equal(expected.Words.Select(word => (word.Start, word.End)), actual.Words.Select(word => (word.Start, word.End)));
            Assert.Equal(expected.Confidence!.Value, actual.Confidence!.Value, 1e-3);
            Assert.All(alone.Vector.ToArray().Zip(together[i].Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
        }
    }

    [Fact]
    public async Task Transcribe_SilenceBefore_ShiftsTheTimes()
    {
        using var pipeline = Load();
        var recording = new AudioReader(new InputLimits()).Read(Content("three-one-four"), MediaTypes.Wav);
        float[] late = [.. new float[recording.SampleRate], .. recording.Samples];

        var plain = await TranscribeAsync(pipeline, [recording.Samples]);
        var shifted = await TranscribeAsync(pipeline, [late]);

        // A step is 30 ms, and what is kept before the first loud block changes where steps begin.
        Assert.Equal(plain[0].Text, shifted[0].Text);
        Assert.All(plain[0].Words.Zip(shifted[0].Words), pair => Assert.Equal(pair.First.Start + 1, pair.Second.Start, 0.05));
    }

    [Fact]
    public async Task Client_Recording_IsTranscribedWholeAndInUpdates()
    {
        using var pipeline = Load();
        using var client = new PipelineSpeechToTextClient(pipeline);
        await using var once = File.OpenRead(Path.Combine(Samples, "three-one-four", "speech.wav"));
        await using var again = File.OpenRead(Path.Combine(Samples, "three-one-four", "speech.wav"));

        var response = await client.GetTextAsync(once, cancellationToken: Token);
        var updates = await client.GetStreamingTextAsync(again, cancellationToken: Token).ToListAsync(Token);

        Assert.Equal("three one four", response.Text);
        Assert.True(response.StartTime < response.EndTime);
        Assert.Equal("three one four", updates.ToSpeechToTextResponse().Text);
        Assert.Equal(
            [SpeechToTextResponseUpdateKind.SessionOpen, SpeechToTextResponseUpdateKind.TextUpdated, SpeechToTextResponseUpdateKind.SessionClose],
            updates.Select(update => update.Kind));
        Assert.Equal("spoken-digits", client.GetService<SpeechToTextClientMetadata>()!.DefaultModelId);
    }

    [Fact]
    public async Task Client_NoRecording_IsRefused()
    {
        using var pipeline = Load();
        using var client = new PipelineSpeechToTextClient(pipeline);
        using var text = new MemoryStream("no sound at all"u8.ToArray());

        var e = await Assert.ThrowsAsync<InputException>(() => client.GetTextAsync(text, cancellationToken: Token));

        Assert.Equal(InputErrorCodes.Unsupported, e.Error.Code);
    }

    [Fact]
    public void Client_PipelineWithoutRecogniser_IsRefused()
    {
        using var digits = new LoadedPipeline(new ModelRepository(TestPaths.Models).Load("digits"), Preprocessors, Models);

        Assert.Throws<PipelineException>(() => new PipelineSpeechToTextClient(digits));
    }

    [Fact]
    public async Task Transcribe_ThroughText_GivesTheTranscriptsEmbedding()
    {
        var root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        try
        {
            using var pipeline = new LoadedPipeline(Combine(root).Load("spoken"), Preprocessors, Models);
            var encoder = pipeline.Encoder(Modality.Audio);

            var heard = (await encoder.GenerateAsync([Sample(pipeline, "double-seven")], cancellationToken: Token))[0];

            var transcript = Transcript.Of(heard)!;
            Assert.Equal("seven seven zero two", transcript.Text);
            var features = pipeline.Preprocessor(Modality.Text).Preprocess(new InputContent("t", System.Text.Encoding.UTF8.GetBytes(transcript.Text)), MediaTypes.Text);
            var written = (await pipeline.Encoder(Modality.Text).GenerateAsync([features], cancellationToken: Token))[0];
            Assert.Equal(written.Vector.ToArray(), heard.Vector.ToArray());
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    // The text encoder of digits behind the recogniser of spoken-digits.
    private static ModelRepository Combine(string root)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "spoken")).FullName;
        var digits = new ModelRepository(TestPaths.Models).Load("digits");
        var spoken = new ModelRepository(TestPaths.Models).Load("spoken-digits");
        var text = digits.Definition.Encoders[Modality.Text];
        var audio = spoken.Definition.Encoders[Modality.Audio];
        var files = new Dictionary<string, string>();
        foreach (var (from, file) in ((ModelFolder, string)[])[(digits, text.Model), (digits, "text-vocabulary.json"), (spoken, audio.Model)])
        {
            File.Copy(from.PathOf(file), Path.Combine(folder, file));
            files.Add(file, from.Definition.Files[file]);
        }

        var definition = spoken.Definition with
        {
            Name = "spoken",
            Encoders = new Dictionary<Modality, EncoderDefinition>
            {
                [Modality.Text] = text with { Reference = null },
                [Modality.Audio] = audio with { Dimensions = text.Dimensions, Reference = null, Transcription = audio.Transcription! with { Through = Modality.Text } },
            },
            Files = files,
        };
        File.WriteAllBytes(
            Path.Combine(folder, ModelRepository.DefinitionFile), JsonSerializer.SerializeToUtf8Bytes(definition, PipelineJson.Default.PipelineDefinition));
        return new ModelRepository(root);
    }

    private static LoadedPipeline Load(int? beam = null)
    {
        var folder = new ModelRepository(TestPaths.Models).Load("spoken-digits");
        if (beam is { } width)
        {
            var audio = folder.Definition.Encoders[Modality.Audio];
            folder = folder with
            {
                Definition = folder.Definition with
                {
                    Encoders = new Dictionary<Modality, EncoderDefinition>
                    {
                        [Modality.Audio] = audio with { Transcription = (CtcSettings)audio.Transcription! with { Beam = width } },
                    },
                },
            };
        }

        return new LoadedPipeline(folder, Preprocessors, Models);
    }

    private static async Task<Transcript[]> TranscribeAsync(LoadedPipeline pipeline, IEnumerable<float[]> recordings)
    {
        var preprocessor = (LogMelPreprocessor)pipeline.Preprocessor(Modality.Audio);
        var features = recordings.Select(samples => preprocessor.Preprocess(
            samples, SpokenString.SampleRate, "string.wav", new InputFacts { MediaType = MediaTypes.Wav }));
        return [.. (await pipeline.Encoder(Modality.Audio).GenerateAsync(features, cancellationToken: Token)).Select(embedding => Transcript.Of(embedding)!)];
    }

    private static Features Sample(LoadedPipeline pipeline, string name) =>
        pipeline.Preprocessor(Modality.Audio).Preprocess(Content(name), MediaTypes.Wav);

    private static InputContent Content(string name) => new("speech.wav", File.ReadAllBytes(Path.Combine(Samples, name, "speech.wav")));
}

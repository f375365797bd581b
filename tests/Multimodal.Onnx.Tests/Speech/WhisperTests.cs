using Microsoft.Extensions.AI;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Onnx.Tests.Speech;

/// <summary>A small model in Whisper's layout, against whole texts in torch without a cache, and against transformers.js.</summary>
public sealed class WhisperTests
{
    private const string Merged = "onnx/decoder_model_merged.onnx";
    private const string First = "onnx/decoder_model.onnx";
    private const string Next = "onnx/decoder_with_past_model.onnx";

    private static readonly OnnxModelFactory Factory = new(new OnnxOptions { MaximumBatch = 3, WarmUp = false });
    private static readonly TextTokenizer Tokenizer = TokenizerFiles.Load(Path.Combine(SmallModels.FolderOf("whisper-speech"), "tokenizer.json"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>How searches are done, by the layout of the decoder.</summary>
    public static TheoryData<string, string?, bool, int, double?> Searches
    {
        get
        {
            var data = new TheoryData<string, string?, bool, int, double?>();
            foreach (var (decoder, second) in ((string, string?)[])[(Merged, null), (First, Next)])
            {
                foreach (var times in (bool[])[false, true])
                {
                    foreach (var (beam, penalty) in ((int, double?)[])[(1, null), (2, null), (3, null), (5, 0.6)])
                    {
                        data.Add(decoder, second, times, beam, penalty);
                    }
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Transcribe_AnySearch_GivesWhatTorchGivesWithoutACache(string decoder, string? second, bool times, int beam, double? penalty)
    {
        WhisperCase[] cases = [.. WhisperCase.All.Where(one => one.Times == times && one.Beam == beam)];
        Assert.Equal(4, cases.Length);
        using var encoder = Open(Settings(decoder, second) with { Timestamps = times, Beam = beam, LengthPenalty = penalty, MaximumTokens = 24 });

        var embeddings = await encoder.GenerateAsync(cases.Select(one => FeaturesOf(one.Seed)), cancellationToken: Token);

        foreach (var (one, embedding) in cases.Zip(embeddings))
        {
            var transcript = Transcript.Of(embedding)!;
            Assert.Equal(TextOf(one.Tokens), transcript.Text);
            Assert.Equal(one.Language, transcript.Language);
            Assert.Equal(one.NoSpeech, transcript.NoSpeech!.Value, 1e-5);
            Assert.Equal(Math.Exp(one.LogProbability / (one.Tokens.Length + 1)), transcript.Confidence!.Value, 1e-4);
            Assert.Equal(SegmentsOf(one.Tokens), transcript.Segments.Select(segment => (segment.Text, Math.Round(segment.Start, 6), Math.Round(segment.End, 6))));
        }
    }

    [Fact]
    public async Task Transcribe_Greedily_GivesWhatTransformersJsGives()
    {
        using var encoder = Open(Settings(Merged) with { Timestamps = false, MaximumTokens = 24 });

        var embeddings = await encoder.GenerateAsync(WhisperCase.Peer.Select(one => FeaturesOf(one.Seed)), cancellationToken: Token);

        Assert.Equal(WhisperCase.Peer.Select(one => one.Text.Trim()), embeddings.Select(embedding => Transcript.Of(embedding)!.Text));
        Assert.Contains(embeddings, embedding => Transcript.Of(embedding)!.Text.Length > 0);
    }

    [Fact]
    public async Task Transcribe_DecoderWithoutCache_IsRunOnWholeTexts()
    {
        using var cached = Open(Settings(Merged) with { Beam = 3, MaximumTokens = 12 });
        using var whole = Open(Settings(First) with { Beam = 3, MaximumTokens = 12 });

        foreach (var seed in (int[])[1, 2, 3, 4])
        {
            Assert.Equal(await TextAsync(cached, seed), await TextAsync(whole, seed));
        }
    }

    [Fact]
    public async Task Transcribe_Embedding_IsThatOfTheEncoderAlone()
    {
        using var encoder = Open(Settings(Merged));

        var embedding = (await encoder.GenerateAsync([FeaturesOf(1)], cancellationToken: Token))[0];

        var expected = SmallModels.Expected("whisper-speech", Modality.Audio)[0].Embedding;
        Assert.Equal(expected.Length, embedding.Vector.Length);
        Assert.All(expected.Zip(embedding.Vector.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public async Task Transcribe_Windows_AreJoinedAndTimedFromTheRecordingsBeginning()
    {
        WhisperCase[] cases = [.. WhisperCase.All.Where(one => one is { Times: true, Beam: 1 })];
        using var encoder = Open(Settings(Merged) with { MaximumTokens = 24 });
        var windows = new Features(
            Modality.Audio,
            new Dictionary<string, HostTensor> { ["input_features"] = HostTensor.Create<float>([.. cases.SelectMany(one => WhisperCase.Features(one.Seed))], 4, 80, 500) },
            new InputFacts { MediaType = "test/formula" }) { Windows = 4, Timing = new SoundTiming(1.5, 20, 5, 5) };

        var transcript = Transcript.Of((await encoder.GenerateAsync([windows], cancellationToken: Token))[0])!;

        Assert.Equal(
            cases.SelectMany((one, i) => SegmentsOf(one.Tokens, 5).Select(segment => (segment.Text, Math.Round(segment.Start + 1.5 + (5 * i), 6)))),
            transcript.Segments.Select(segment => (segment.Text, Math.Round(segment.Start, 6))));
        Assert.Equal(string.Join(' ', cases.Select(one => TextOf(one.Tokens)).Where(text => text.Length > 0)), transcript.Text);
    }

    [Fact]
    public async Task Transcribe_Language_IsTakenFromTheRequest()
    {
        using var encoder = Open(Settings(Merged) with { MaximumTokens = 8 });

        var embeddings = await encoder.GenerateAsync([FeaturesOf(1)], SpeechRequest.WithLanguage(null, "en"), Token);

        Assert.Equal("en", Transcript.Of(embeddings[0])!.Language);
        await Assert.ThrowsAsync<PipelineException>(() => encoder.GenerateAsync([FeaturesOf(1)], SpeechRequest.WithLanguage(null, "xx"), Token));
    }

    [Fact]
    public async Task Transcribe_UnlikelyTextInSilence_IsLeftOut()
    {
        using var encoder = Open(Settings(Merged) with { NoSpeechThreshold = 0, LogProbabilityThreshold = 0 });

        var transcript = Transcript.Of((await encoder.GenerateAsync([FeaturesOf(1)], cancellationToken: Token))[0])!;

        Assert.Equal("", transcript.Text);
        Assert.Empty(transcript.Segments);
    }

    [Fact]
    public async Task Transcribe_ManyAtOnce_EachGetsItsOwn()
    {
        using var encoder = Open(Settings(Merged) with { Beam = 2, MaximumTokens = 24 });
        var expected = WhisperCase.All.Where(one => one is { Times: true, Beam: 2 }).ToDictionary(one => one.Seed, one => TextOf(one.Tokens));

        var texts = await Task.WhenAll(Enumerable.Range(0, 24).Select(async i => (Seed: 1 + (i % 4), Text: await TextAsync(encoder, 1 + (i % 4)))));

        Assert.All(texts, pair => Assert.Equal(expected[pair.Seed], pair.Text));
    }

    [Theory]
    [InlineData("onnx/encoder_model.onnx", null, "input_ids")]
    [InlineData(First, "onnx/decoder_model.onnx", "no past key values")]
    public void CreateEncoder_NoDecoder_IsRefused(string decoder, string? second, string message)
    {
        var e = Assert.Throws<PipelineException>(() => Open(Settings(decoder, second)));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(IEmbeddingGenerator<Features, Embedding<float>> encoder, int seed) =>
        Transcript.Of((await encoder.GenerateAsync([FeaturesOf(seed)], cancellationToken: Token))[0])!.Text;

    private static string TextOf(IEnumerable<int> tokens) => Tokenizer.DecodeBytes(tokens.Where(token => token < End)).Trim();

    private static int End => Tokenizer.FindId("<|endoftext|>")!.Value;

    // Times stand in pairs around what is said; the last part may lack its end.
    private static List<(string Text, double Start, double End)> SegmentsOf(int[] tokens, double? seconds = null)
    {
        var first = Tokenizer.FindId("<|0.00|>")!.Value;
        var segments = new List<(string, double, double)>();
        if (tokens.Length == 0 || tokens[0] < first)
        {
            return segments;
        }

        for (var i = 0; i < tokens.Length;)
        {
            var start = Math.Round((tokens[i++] - first) * 0.02, 6);
            int[] words = [.. tokens.Skip(i).TakeWhile(token => token < first)];
            i += words.Length;
            var end = i < tokens.Length ? Math.Round((tokens[i] - first) * 0.02, 6) : seconds ?? start;
            if (TextOf(words) is { Length: > 0 } text)
            {
                segments.Add((text, start, end));
            }

            i += i + 1 < tokens.Length && tokens[i + 1] >= first ? 1 : 0;
            if (i == tokens.Length - 1 && tokens[i] >= first)
            {
                break;
            }
        }

        return segments;
    }

    private static Features FeaturesOf(int seed) => new(
        Modality.Audio,
        new Dictionary<string, HostTensor> { ["input_features"] = HostTensor.Create<float>(WhisperCase.Features(seed), 80, 500) },
        new InputFacts { MediaType = "test/formula" });

    private static WhisperSettings Settings(string decoder, string? second = null) =>
        new() { Decoder = decoder, DecoderWithPast = second, NoSpeechThreshold = 1 };

    private static IEmbeddingGenerator<Features, Embedding<float>> Open(WhisperSettings settings) => Factory.CreateEncoder(
        new ModelFolder(
            SmallModels.FolderOf("whisper-speech"),
            new PipelineDefinition
            {
                Schema = 1,
                Name = "whisper-speech",
                Version = "1",
                Encoders = new Dictionary<Modality, EncoderDefinition>
                {
                    [Modality.Audio] = new()
                    {
                        Model = "onnx/encoder_model.onnx",
                        Dimensions = 16,
                        Output = "last_hidden_state",
                        Pooling = Pooling.Mean,
                        Transcription = settings,
                        Preprocessing = new AudioSettings { Config = "preprocessor_config.json" },
                    },
                },
                Fusion = new FusionDefinition { Method = "weighted" },
                Tasks = [],
                Files = settings.Files.Append("onnx/encoder_model.onnx").Append("tokenizer_config.json").Distinct().ToDictionary(file => file, _ => ""),
            },
            ""),
        Modality.Audio);
}

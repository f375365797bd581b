using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Pipeline.Speech.Whisper;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Pipeline.Tests.Speech.Whisper;

/// <summary>What a text may go on with: tokens 0 to 4, the end 5, no times 6, and times from 7 on.</summary>
public sealed class WhisperRulesTests
{
    private static readonly WhisperGeneration Generation = new()
    {
        Start = 4, End = 5, NoTimestamps = 6, Suppressed = [2], SuppressedAtBegin = [0, 5], LatestBegin = 1,
    };

    [Theory]
    [InlineData(false, "", "1 3 4 6 7 8 9 10")]
    [InlineData(false, "1", "0 1 3 4 5 6 7 8 9 10")]
    [InlineData(true, "", "7 8")]
    [InlineData(true, "7", "0 1 3 4 5")]
    [InlineData(true, "7 1", "0 1 3 4 5 8 9 10")]
    [InlineData(true, "7 1 9", "5 9 10")]
    [InlineData(true, "7 1 9 9", "0 1 3 4 5")]
    [InlineData(true, "7 1 9 9 1", "0 1 3 4 5 10")]
    public void Apply_Text_LeavesWhatMayFollow(bool times, string written, string allowed)
    {
        // Times are made unlikely, so that their sum decides nothing.
        float[] logits = [.. Enumerable.Range(0, 11).Select(token => token >= 7 ? -20f : 0)];

        new WhisperRules(Generation, times).Apply(logits, [.. written.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(token => Parse(token))]);

        Assert.Equal(allowed, string.Join(' ', Enumerable.Range(0, 11).Where(token => !float.IsNegativeInfinity(logits[token]))));
    }

    [Fact]
    public void Apply_TimesLikelierTogether_LeaveOnlyTimes()
    {
        // No time alone beats the token 1; all together do.
        float[] logits = [-9, 1, -9, -9, -9, -9, -9, 0, 0, 0, 0];

        new WhisperRules(Generation, true).Apply(logits, [7, 1]);

        Assert.All(logits[..7], logit => Assert.Equal(float.NegativeInfinity, logit));
        Assert.Equal([0f, 0f, 0f], logits[8..]);
    }

    [Fact]
    public void Load_GenerationConfig_IsRead()
    {
        var folder = SmallModels.FolderOf("whisper-speech");
        var tokenizer = TokenizerFiles.Load(Path.Combine(folder, "tokenizer.json"));

        var generation = WhisperGeneration.Load(Path.Combine(folder, "generation_config.json"), tokenizer);

        Assert.Equal(tokenizer.FindId("<|endoftext|>"), generation.End);
        Assert.Equal(tokenizer.FindId("<|0.00|>"), generation.FirstTime);
        Assert.Equal(tokenizer.FindId("<|nospeech|>"), generation.NoSpeech);
        Assert.Equal(["de", "en", "fr"], generation.Languages.Keys.Order());
        Assert.Equal(["transcribe", "translate"], generation.Tasks.Keys.Order());
        Assert.Equal([null, tokenizer.FindId("<|transcribe|>")], generation.Forced);
        Assert.Equal((50, 64), (generation.LatestBegin, generation.MaximumLength));
    }

    [Theory]
    [InlineData("{}", "decoder_start_token_id")]
    [InlineData("""{"decoder_start_token_id": 1, "eos_token_id": 2, "forced_decoder_ids": [[2, 5]]}""", "[1, id]")]
    [InlineData("[", "JSON")]
    public void Load_FileThatCannotBeUsed_IsRefused(string content, string message)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, content);
            var tokenizer = TokenizerFiles.Load(Path.Combine(SmallModels.FolderOf("whisper-speech"), "tokenizer.json"));

            var e = Assert.Throws<PipelineException>(() => WhisperGeneration.Load(path, tokenizer));

            Assert.Contains(message, e.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void DecodeBytes_EncodedText_IsTheText()
    {
        var tokenizer = TokenizerFiles.Load(Path.Combine(SmallModels.FolderOf("whisper-speech"), "tokenizer.json"));

        foreach (var text in (string[])[" the dog in the rain", "Größe 漢字 🐕\n\t end", ""])
        {
            Assert.Equal(text, tokenizer.DecodeBytes(tokenizer.EncodePlain(text)));
        }
    }

    private static int Parse(string token) => int.Parse(token, System.Globalization.CultureInfo.InvariantCulture);
}

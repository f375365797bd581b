using System.Diagnostics;
using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Preprocessing.Texts.Formats;
using Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts;

/// <summary>Texts made to take time or memory: each is refused or processed within two seconds.</summary>
public sealed class HostileTextTests
{
    private const int FourMebibytes = 4 << 20;

    /// <summary>Busy machines that run other tests beside are slower; work by the square of the size would take minutes.</summary>
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(Environment.ProcessorCount > 4 ? 2 : 6);

    public static TheoryData<string> Tokenizers => ["clip", "gpt2", "llama3", "bert-uncased", "bert-cased", "xlm-roberta", "t5", "llama"];

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Preprocess_FourMebibytesOfOneCharacter_TakesNoTime(string tokenizer)
    {
        string[] characters = ["a", " a", "e\n", "é", "七", "👍", ".", "1", "'s"];
        var preprocessor = Preprocessor(tokenizer);
        Assert.All(characters, character =>
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(character, FourMebibytes / Encoding.UTF8.GetByteCount(character))));
            var (features, _) = Measure(() => preprocessor.Preprocess(new InputContent("a.txt", bytes), MediaTypes.Text));
            Assert.InRange(features!.Tensors[TokenPreprocessor.InputIds].Shape[0], 1, TokenizerFixtures.Load(tokenizer).MaximumLength);
        });
    }

    [Fact]
    public void Preprocess_HundredMegabytesOfOneCharacter_TakesNoTimeAndBoundedMemory()
    {
        var preprocessor = Preprocessor("clip", limits: new InputLimits { MaximumBytes = 1 << 28, MaximumTextBytes = 1 << 28 });
        var bytes = new byte[100_000_000];
        Array.Fill(bytes, (byte)'a');
        var before = GC.GetAllocatedBytesForCurrentThread();

        var (features, _) = Measure(() => preprocessor.Preprocess(new InputContent("a.txt", bytes), MediaTypes.Text));

        Assert.Equal([77], features!.Tensors[TokenPreprocessor.InputIds].Shape);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400L << 20);
    }

    [Theory]
    [InlineData("\u0301")]
    [InlineData("\u0301\u0323")]
    public void Preprocess_HundredThousandCombiningMarks_IsRefused(string marks)
    {
        var text = "a" + string.Concat(Enumerable.Repeat(marks, 100_000 / marks.Length));

        var (_, error) = Measure(() => Preprocessor("bert-uncased").Preprocess(new InputContent("a.txt", Encoding.UTF8.GetBytes(text)), MediaTypes.Text));
        Assert.Equal(InputErrorCodes.Corrupt, error?.Error.Code);
    }

    [Fact]
    public void Preprocess_ManyRunsOfCombiningMarks_TakesNoTime()
    {
        var run = "a" + string.Concat(Enumerable.Repeat("\u0301\u0323", TextReading.MaximumMarks / 2));
        var text = string.Concat(Enumerable.Repeat(run, FourMebibytes / Encoding.UTF8.GetByteCount(run)));

        Measure(() => Preprocessor("bert-uncased").Preprocess(new InputContent("a.txt", Encoding.UTF8.GetBytes(text)), MediaTypes.Text));
    }

    [Theory]
    [InlineData(TextFormat.Html, "<div>")]
    [InlineData(TextFormat.Html, "<b>")]
    [InlineData(TextFormat.Html, "<b a=1><i x><p>")]
    [InlineData(TextFormat.Html, "<table><td>")]
    [InlineData(TextFormat.Html, "<div hidden>")]
    [InlineData(TextFormat.Html, "</p>")]
    [InlineData(TextFormat.Html, "<a ")]
    [InlineData(TextFormat.Html, "<!--")]
    [InlineData(TextFormat.Html, "&")]
    [InlineData(TextFormat.Html, "&amp")]
    [InlineData(TextFormat.Html, "&#x")]
    [InlineData(TextFormat.Html, "<script>")]
    [InlineData(TextFormat.Html, "<![CDATA[")]
    [InlineData(TextFormat.Json, "[")]
    [InlineData(TextFormat.Json, "{\"a\":")]
    [InlineData(TextFormat.Json, "\"a\" ")]
    [InlineData(TextFormat.Json, "[\"a\"]\n")]
    [InlineData(TextFormat.Subtitles, "1\n00:00:01,000 --> 00:00:02,000\nword\n\n")]
    [InlineData(TextFormat.Subtitles, "1\n00:00:01,000 --> 00:00:02,000\n")]
    [InlineData(TextFormat.Subtitles, "<")]
    [InlineData(TextFormat.Subtitles, "-->")]
    [InlineData(TextFormat.Markdown, ">")]
    [InlineData(TextFormat.Markdown, "[")]
    [InlineData(TextFormat.Markdown, "![")]
    [InlineData(TextFormat.Markdown, "*a_")]
    [InlineData(TextFormat.Markdown, "`a``")]
    [InlineData(TextFormat.Markdown, "- ")]
    [InlineData(TextFormat.Markdown, "|a")]
    [InlineData(TextFormat.Markdown, "|a\n")]
    [InlineData(TextFormat.Markdown, "[a]: b\n")]
    [InlineData(TextFormat.Markdown, "[^a")]
    [InlineData(TextFormat.Markdown, "http://a ")]
    [InlineData(TextFormat.Markdown, "a\n\n")]
    [InlineData(TextFormat.Markdown, "<")]
    [InlineData(TextFormat.Auto, "{\"a\":[")]
    [InlineData(TextFormat.Auto, "[]")]
    [InlineData(TextFormat.Auto, "<!---->")]
    public void Preprocess_PatternRepeatedToTheLimit_TakesNoTime(TextFormat format, string pattern)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(pattern, FourMebibytes / pattern.Length)));
        var preprocessor = Preprocessor("clip", format);

        var (_, error) = Measure(() => preprocessor.Preprocess(new InputContent("a.txt", bytes), MediaTypes.Text));

        Assert.True(error is null || error.Error.Code is InputErrorCodes.Corrupt or InputErrorCodes.NoContent or InputErrorCodes.TooLarge, error?.Error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\u00A0\u3000")]
    [InlineData("\u200B\uFEFF\u200D")]
    public void Preprocess_NothingToRead_IsRefused(string text)
    {
        var e = Assert.Throws<InputException>(() => Preprocessor("clip").Preprocess(new InputContent("a.txt", Encoding.UTF8.GetBytes(text)), MediaTypes.Text));

        Assert.Contains(e.Error.Code, new[] { InputErrorCodes.Empty, InputErrorCodes.NoContent });
    }

    private static TokenPreprocessor Preprocessor(string tokenizer, TextFormat format = TextFormat.Plain, InputLimits? limits = null) => new(
        new TokenSettings { Tokenizer = "tokenizer.json", Format = format }, TokenizerFixtures.Load(tokenizer), limits ?? new InputLimits());

    private static (Features? Features, InputException? Error) Measure(Func<Features> preprocess)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            return (preprocess(), null);
        }
        catch (InputException e)
        {
            return (null, e);
        }
        finally
        {
            var elapsed = Stopwatch.GetElapsedTime(begun);
            Assert.True(elapsed < Allowed, $"It took {elapsed.TotalSeconds:0.0} s.");
        }
    }
}

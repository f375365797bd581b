using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;

public sealed class TextTokenizerTests
{
    [Fact]
    public void Encode_TooLong_KeepsSpecialTokensAndSaysSo()
    {
        var tokenizer = TokenizerFixtures.Load("bert-uncased");
        var whole = tokenizer.Encode("the old fisherman repairs twelve small lanterns");

        var cut = tokenizer.Encode("the old fisherman repairs twelve small lanterns", 5);

        Assert.False(whole.IsCut);
        Assert.True(cut.IsCut);
        Assert.Equal([2, .. whole.Ids.Skip(1).Take(3), 3], cut.Ids);
        Assert.Equal([0, 0, 0, 0, 0], cut.TypeIds);
    }

    [Fact]
    public void Encode_Padding_FillsWithThePaddingTokenAndMasksIt()
    {
        var padded = TokenizerFixtures.Load("bert-uncased").Encode("the old", 6, TokenPadding.MaxLength);

        Assert.Equal(6, padded.Ids.Count);
        Assert.Equal([0, 0], padded.Ids.TakeLast(2));
        Assert.Equal([1, 1, 1, 1, 0, 0], padded.AttentionMask);
    }

    [Fact]
    public void Encode_PaddingDeclaredInTheFile_HoldsUnlessAskedOtherwise()
    {
        var tokenizer = TokenizerFixtures.Load("roberta");

        Assert.Equal(24, tokenizer.Encode("a").Ids.Count);
        Assert.Equal(3, tokenizer.Encode("a", null, TokenPadding.None).Ids.Count);
        Assert.Equal(24, tokenizer.Encode(string.Concat(Enumerable.Repeat("the sea ", 40))).Ids.Count);
    }

    [Fact]
    public void Encode_LengthWithoutRoom_IsRefused() =>
        Assert.Throws<PipelineException>(() => TokenizerFixtures.Load("bert-uncased").Encode("a", 2));

    [Fact]
    public void Encode_HalfSurrogatePairs_CountAsReplacementCharacters()
    {
        var tokenizer = TokenizerFixtures.Load("gpt2");

        Assert.Equal(tokenizer.EncodePlain("a\uFFFDb\uFFFD"), tokenizer.EncodePlain("a\uD83Db\uDE00"));
    }

    [Fact]
    public void MaximumLength_NotSaidOrWithoutBound_IsCapped()
    {
        Assert.Equal(TextTokenizer.GreatestDefaultLength, TokenizerFixtures.Load("llama").MaximumLength);
        Assert.Equal(77, TokenizerFixtures.Load("clip").MaximumLength);
        Assert.Equal(24, TokenizerFixtures.Load("roberta").MaximumLength);
    }

    [Fact]
    public void FindToken_AnyId_GivesItsText()
    {
        var tokenizer = TokenizerFixtures.Load("xlm-roberta");

        Assert.Equal("<s>", tokenizer.FindToken(0));
        Assert.Equal("<mask>", tokenizer.FindToken(tokenizer.FindId("<mask>")!.Value));
        Assert.Null(tokenizer.FindToken(-1));
        Assert.Null(tokenizer.FindToken(long.MaxValue));
    }

    [Fact]
    public void Encode_AtOnceFromManyThreads_GivesTheSame()
    {
        string[] names = ["clip", "bert-cased", "xlm-roberta", "llama"];
        foreach (var name in names)
        {
            var tokenizer = TokenizerFixtures.Load(name);
            var golden = TokenizerFixtures.Golden(name).ToArray();
            Parallel.For(0, 400, i => Assert.Equal(golden[i % golden.Length].Ids, tokenizer.Encode(golden[i % golden.Length].Text, 1000).Ids));
        }
    }
}

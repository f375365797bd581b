using System.Text;
using CsCheck;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts;

public sealed class CharacterPreprocessorTests
{
    private static readonly CharacterSettings Settings = new() { Vocabulary = "v.json", StripAccents = true, MaximumLength = 8 };
    private static readonly CharacterVocabulary Vocabulary =
        CharacterVocabulary.Parse("""{"[PAD]":0,"[UNK]":1," ":2,"a":3,"b":4,"🎲":5}"""u8, "v.json");

    [Fact]
    public void Preprocess_Text_LooksUpEveryCharacter()
    {
        var features = Preprocess("Á  b🎲x");

        var tensor = features.Tensors[CharacterPreprocessor.InputIds];
        Assert.Equal([5], tensor.Shape);
        Assert.Equal([3, 2, 4, 5, 1], tensor.AsSpan<long>());
        Assert.Equal((5, "a b🎲x"), (features.Facts.Characters, features.Facts.Excerpt));
        Assert.Contains("1 of 5", Assert.Single(features.Facts.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Preprocess_LongText_IsCutAndSaysSo()
    {
        var features = Preprocess("aaaaaaaaaaab");

        Assert.Equal([8], features.Tensors[CharacterPreprocessor.InputIds].Shape);
        Assert.Equal(12, features.Facts.Characters);
        Assert.Contains("first 8 of 12", Assert.Single(features.Facts.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" \r\n\t")]
    [InlineData("\u200B")]
    public void Preprocess_NothingToRead_IsWithoutContent(string text)
    {
        var e = Assert.Throws<InputException>(() => Preprocess(text));

        Assert.Equal(InputErrorCodes.NoContent, e.Error.Code);
        Assert.Contains("a.txt", e.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preprocess_MoreBytesThanTextsMayHave_IsTooLarge()
    {
        var preprocessor = new CharacterPreprocessor(Settings, Vocabulary, new InputLimits { MaximumTextBytes = 3 });

        var e = Assert.Throws<InputException>(() => preprocessor.Preprocess(new InputContent("a.txt", "aaaa"u8.ToArray()), MediaTypes.Text));

        Assert.Equal(InputErrorCodes.TooLarge, e.Error.Code);
    }

    [Fact]
    public void Preprocess_AnyBytes_GivesIdsOrATypedError() =>
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            try
            {
                var features = new CharacterPreprocessor(Settings, Vocabulary, new InputLimits())
                    .Preprocess(new InputContent("a.txt", bytes), MediaTypes.Text);
                Assert.InRange(features.Tensors[CharacterPreprocessor.InputIds].Shape[0], 1, 8);
            }
            catch (InputException e)
            {
                Assert.NotEmpty(e.Error.Remedy);
            }
        });

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("""{"[PAD]":0,"a":1}""")]
    [InlineData("""{"[PAD]":1,"[UNK]":0}""")]
    [InlineData("""{"[PAD]":0,"[UNK]":1,"a":1}""")]
    [InlineData("""{"[PAD]":0,"[UNK]":1,"ab":2}""")]
    [InlineData("""{"[PAD]":0,"[UNK]":1,"":2}""")]
    [InlineData("""{"[PAD]":0,"[UNK]":1,"a":-2}""")]
    [InlineData("""{"[PAD]":0,"[UNK]":1,"a":"x"}""")]
    public void ParseVocabulary_Malformed_NamesTheFile(string json)
    {
        var e = Assert.Throws<PipelineException>(() => CharacterVocabulary.Parse(Encoding.UTF8.GetBytes(json), "folder/v.json"));

        Assert.Contains("folder/v.json", e.Message, StringComparison.Ordinal);
    }

    private static Features Preprocess(string text) =>
        new CharacterPreprocessor(Settings, Vocabulary, new InputLimits())
            .Preprocess(new InputContent("a.txt", Encoding.UTF8.GetBytes(text)), MediaTypes.Text);
}

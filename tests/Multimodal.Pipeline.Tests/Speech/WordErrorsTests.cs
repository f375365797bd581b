using CsCheck;
using Multimodal.Pipeline.Speech;

namespace Multimodal.Pipeline.Tests.Speech;

/// <summary>Edits between what was said and what was heard.</summary>
public sealed class WordErrorsTests
{
    private static readonly string[] Names = ["one", "two", "three"];
    private static readonly Gen<string> Text = Gen.Int[0, 2].Array[0, 6].Select(words => string.Join(" ", words.Select(word => Names[word])));

    [Theory]
    [InlineData("one two three", "one two three", 0, 3)]
    [InlineData("one two three", "one three", 1, 3)]
    [InlineData("one two", "one one two", 1, 2)]
    [InlineData("one two", "three two", 1, 2)]
    [InlineData("", "one two", 2, 0)]
    [InlineData("one  two", "", 2, 2)]
    public void Of_Texts_CountsEditsAndWords(string said, string heard, int edits, int words) =>
        Assert.Equal(new WordErrors(edits, words), WordErrors.Of(said, heard));

    [Fact]
    public void Of_AnyTexts_IsADistance() =>
        Gen.Select(Text, Text, Text).Sample((a, b, c) =>
        {
            Assert.Equal(WordErrors.Of(a, b).Edits, WordErrors.Of(b, a).Edits);
            Assert.Equal(a == b, WordErrors.Of(a, b).Edits == 0);
            Assert.True(WordErrors.Of(a, c).Edits <= WordErrors.Of(a, b).Edits + WordErrors.Of(b, c).Edits);
        });

    [Fact]
    public void Rate_NothingSaid_IsInfiniteOnlyWhereSomethingWasHeard()
    {
        Assert.Equal(0, WordErrors.Of("", "").Rate);
        Assert.Equal(double.PositiveInfinity, WordErrors.Of("", "one").Rate);
        Assert.Equal(0.5, (WordErrors.Of("one", "one") + WordErrors.Of("two", "")).Rate);
    }
}

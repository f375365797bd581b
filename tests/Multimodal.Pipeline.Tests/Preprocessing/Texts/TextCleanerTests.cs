using System.Text;
using CsCheck;
using Multimodal.Pipeline.Preprocessing.Texts;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts;

public sealed class TextCleanerTests
{
    private static readonly CharacterSettings Settings = new() { Vocabulary = "v.json", Lowercase = true, StripAccents = true };

    [Theory]
    [InlineData("  The Number\tSEVEN\r\n ", "the number seven")]
    [InlineData("Élève à Noël, œuvre", "eleve a noel, œuvre")]
    [InlineData("Größe Ärger", "große arger")]
    [InlineData("сёмга, йод", "семга, иод")]
    [InlineData("Đặng Phước Việt", "đang phuoc viet")]
    [InlineData("Ｆｕｌｌ　ｗｉｄｔｈ　７", "full width 7")]
    [InlineData("ﬁve ② x²", "five 2 x2")]
    [InlineData("七つ", "七つ")]
    [InlineData("ใน", "ใน")]
    [InlineData("ΔΈΚΑ", "δεκα")]
    [InlineData("\uFEFFze\u200Bro\u00AD", "zero")]
    [InlineData("one\u00A0two\u2003three\u2028four", "one two three four")]
    [InlineData("a\u0001b\u007Fc", "abc")]
    [InlineData("a \u0301 b", "a b")]
    [InlineData("🎲 SIX", "🎲 six")]
    [InlineData("𐐀", "𐐨")]
    [InlineData("\uFFFE", "\uFFFF")]
    [InlineData(" \t\u200B\u0301", "")]
    public void Clean_AccentsStripped_GivesTheForm(string text, string expected) => Assert.Equal(expected, TextCleaner.Clean(text, Settings).Text);

    [Theory]
    [InlineData("e\u0301 É ﬁ", "é é fi")]
    [InlineData("नमस्ते", "नमस्ते")]
    public void Clean_AccentsKept_ComposesThem(string text, string expected) =>
        Assert.Equal(expected, TextCleaner.Clean(text, Settings with { StripAccents = false }).Text);

    [Fact]
    public void Clean_CaseKept_LeavesCapitals() => Assert.Equal("Seven", TextCleaner.Clean("Sevén", Settings with { Lowercase = false }).Text);

    [Fact]
    public void Clean_LongerThanTheLimit_CutsBetweenCodePoints()
    {
        var cleaned = TextCleaner.Clean("🎲🎲🎲 x", Settings with { MaximumLength = 2 });

        Assert.Equal(new CleanedText("🎲🎲", 2, 5), cleaned);
    }

    [Fact]
    public void Clean_AnyText_IsWellFormedAndCleanAlready() =>
        Gen.Char.Array[0, 40].Select(chars => string.Concat(new string(chars).EnumerateRunes())).Sample(text =>
        {
            var once = TextCleaner.Clean(text, Settings);

            Assert.Equal(once.Text.EnumerateRunes().Count(), once.Characters);
            Assert.DoesNotContain("  ", once.Text, StringComparison.Ordinal);
            Assert.Equal(once.Text.Trim(), once.Text);
            Assert.DoesNotContain(once.Text.EnumerateRunes(), rune => Rune.IsControl(rune));
        });
}

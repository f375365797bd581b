using System.Text;
using CsCheck;
using Multimodal.Local.Evaluation.Degradation;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class TextDegraderTests
{
    /// <summary>No lower-case ASCII letters, so that every replaced character shows; letters beyond the basic plane among them.</summary>
    private static readonly string[] Characters = ["A", "Z", "7", "Ü", "é", "д", "𝔸", " ", ".", "!", "-", "😀", "\n"];

    private static readonly Gen<string> Text = Gen.Int[0, Characters.Length - 1].Array[0, 60]
        .Select(places => string.Concat(places.Select(place => Characters[place])));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 0.2)]
    [InlineData(1, 0.4)]
    [InlineData(2, 0.8)]
    public void Degrade_AnyText_ReplacesExactlyTheShareOfLettersAndDigits(double level, double share) =>
        Gen.Select(Text, Gen.Int[0, 1000]).Sample((text, item) =>
        {
            var degraded = new TextDegrader(new DegradationLevel(level), 1).Degrade(text, item);

            var before = text.EnumerateRunes().ToArray();
            var after = degraded.EnumerateRunes().ToArray();
            Assert.Equal(before.Length, after.Length);
            int[] changed = [.. Enumerable.Range(0, before.Length).Where(i => before[i] != after[i])];
            Assert.Equal((int)Math.Round(share * before.Count(Rune.IsLetterOrDigit)), changed.Length);
            Assert.All(changed, i => Assert.True(Rune.IsLetterOrDigit(before[i]) && after[i].Value is >= 'a' and <= 'z'));
        });

    [Fact]
    public void Degrade_SameItem_GivesTheSameText()
    {
        var degrader = new TextDegrader(new DegradationLevel(1), 5);

        Assert.Equal(degrader.Degrade("ANY SEVEN TEXTS", 3), degrader.Degrade("ANY SEVEN TEXTS", 3));
        Assert.NotEqual(degrader.Degrade("ANY SEVEN TEXTS", 3), degrader.Degrade("ANY SEVEN TEXTS", 4));
    }
}

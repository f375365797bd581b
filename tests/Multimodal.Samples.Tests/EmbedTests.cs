using System.Globalization;
using Multimodal.Testing;

namespace Multimodal.Samples.Tests;

/// <summary>The sample that uses encoders on their own.</summary>
public sealed class EmbedTests
{
    // In its own output: beside the tests lies what a host of ASP.NET Core brings along itself.
    private static string Program => Path.Combine(
        TestPaths.Repository, "samples", "Embed", Path.GetRelativePath(
            Path.Combine(TestPaths.Repository, "tests", "Multimodal.Samples.Tests"), AppContext.BaseDirectory), "Embed.dll");

    [Fact]
    public async Task Embed_FilesOfOneDigit_AreAlikeAcrossModalities()
    {
        var seven = Path.Combine(TestPaths.Models, "digits", "samples", "seven-all-agree");
        await using var embed = Command.StartAny(
            "dotnet", "", Path.GetTempPath(), Program, TestPaths.Models, "digits",
            Path.Combine(seven, "picture.png"), Path.Combine(seven, "speech.wav"), Path.Combine(seven, "note.txt"));

        var rows = (await embed.FinishAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(["picture.png", "speech.wav", "note.txt"], rows.Select(row => row.Split("  ")[^1]));
        var cosines = rows.SelectMany(row => row.Split("  ")[..^1]).Select(cosine => double.Parse(cosine, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(9, cosines.Length);
        Assert.All(cosines, cosine => Assert.InRange(cosine, 0.3, 1.001));
    }
}

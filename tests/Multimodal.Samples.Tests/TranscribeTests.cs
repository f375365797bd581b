using Multimodal.Testing;

namespace Multimodal.Samples.Tests;

/// <summary>The sample that transcribes with a speech-to-text client.</summary>
public sealed class TranscribeTests
{
    // In its own output: beside the tests lies what a host of ASP.NET Core brings along itself.
    private static string Program => Path.Combine(
        TestPaths.Repository, "samples", "Transcribe", Path.GetRelativePath(
            Path.Combine(TestPaths.Repository, "tests", "Multimodal.Samples.Tests"), AppContext.BaseDirectory), "Transcribe.dll");

    [Fact]
    public async Task Transcribe_Recordings_AreWrittenDownWordByWord()
    {
        var samples = Path.Combine(TestPaths.Models, "spoken-digits", "samples");
        await using var transcribe = Command.StartAny(
            "dotnet", "", Path.GetTempPath(), Program, TestPaths.Models, "spoken-digits", Path.Combine(samples, "double-seven", "speech.wav"));

        var rows = (await transcribe.FinishAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("speech.wav  seven seven zero two", rows[0].TrimEnd());
        Assert.Equal(["seven", "seven", "zero", "two"], rows[1..].Select(row => row.TrimEnd().Split("  ")[^1]));
    }
}

using System.Text.Json;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Tasks;
using Multimodal.Testing;

namespace Multimodal.Local.Tests.Run;

/// <summary>The command on the pipeline <c>spoken-digits</c>, end to end.</summary>
public sealed class TranscriptionRunTests : IDisposable
{
    private static readonly string Sample = Path.Combine(TestPaths.Models, "spoken-digits", "samples", "seven-digits");
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Recording_IsWrittenDownInResultAndOnTheScreen()
    {
        var output = await MultimodalCommand.RunAsync("run", Sample, "--pipeline", "spoken-digits", "--out", _folder);

        Assert.Equal(ExitCodes.Success, output.ExitCode);
        Assert.Contains("five", output.Results, StringComparison.Ordinal);
        var path = Path.Combine(_folder, "results", "seven-digits", "result.json");
        var result = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, Token), PipelineJson.Default.JobResult)!;
        var outcome = Assert.IsType<TranscriptionOutcome>(Assert.Single(result.Outcomes));
        Assert.Equal("five five five zero one nine eight", outcome.Text);
        var recording = Assert.Single(outcome.Inputs);
        Assert.Equal("speech.wav", recording.Name);
        Assert.Equal(outcome.Text.Split(' '), recording.Transcript.Words.Select(word => word.Text));
        var seconds = Assert.Single(result.Inputs).Facts!.Seconds!.Value;
        Assert.All(recording.Transcript.Words, word => Assert.InRange(word.Start, 0, word.End));
        Assert.All(recording.Transcript.Words, word => Assert.InRange(word.End, word.Start, seconds + 0.05));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

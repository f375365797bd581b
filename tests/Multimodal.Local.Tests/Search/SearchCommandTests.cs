using System.Text.Json;
using Multimodal.Local.Tests.Run;
using Multimodal.Testing;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Local.Tests.Search;

/// <summary>The command on a copy of the pipeline <c>digits</c> that keeps jobs, end to end.</summary>
public sealed class SearchCommandTests : IAsyncLifetime
{
    private static readonly string Samples = Path.Combine(TestPaths.Models, "digits", "samples");
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private readonly RetrievalModels _models = RetrievalModels.OfDigits();

    private string Models => _models.Root;

    private string Storage => Path.Combine(_folder, "out");

    public async ValueTask InitializeAsync()
    {
        var run = await MultimodalCommand.RunAsync("run", Samples, "--models", Models, "--out", Storage, "--concurrency", "2");
        Assert.Equal(ExitCodes.Success, run.ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        _models.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Search_AcrossModalities_FindsTheSameDigit()
    {
        var seven = Path.Combine(Samples, "seven-all-agree");

        // A text finds what was spoken and what was drawn, a recording what was written. (In one sample the text alone is about seven.)
        foreach (var modality in new[] { "image", "audio", "text" })
        {
            foreach (var query in new[] { ["seven"], ["--file", Path.Combine(seven, "speech.wav")], new[] { "--file", Path.Combine(seven, "picture.png") } })
            {
                var found = Found(await SearchAsync([.. query, "--in", modality]));
                Assert.Equal("seven-all-agree", found.First(job => job != "one-text-disagrees"));
            }
        }

        var like = await SearchAsync("--job", "three-picture-only", "-k", "1");
        Assert.Equal("three-german", Found(like)[0]);
        Assert.Equal(3, Found(await SearchAsync("three", "-k", "3")).Count);
    }

    [Fact]
    public async Task Search_FiltersAndTable_AreAsAsked()
    {
        Assert.Equal(["four-text-only"], Found(await SearchAsync("seven", "--label", "4")));
        Assert.Empty(Found(await SearchAsync("seven", "--until", "2020-01-01T00:00")));

        var table = await MultimodalCommand.RunAsync("search", "seven", "--storage", $"file:{Storage}", "--models", Models, "-k", "1");

        Assert.Equal(ExitCodes.Success, table.ExitCode);
        Assert.Contains("seven-all-agree", table.Results, StringComparison.Ordinal);
        Assert.Contains("speech.wav", table.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_ThatCannotBe_SaysWhy()
    {
        await AssertUsageAsync("no folder", "search", "seven", "--storage", "file:/nowhere", "--models", Models);
        await AssertUsageAsync("one of them", "search", "--models", Models);
        await AssertUsageAsync("one of them", "search", "seven", "--job", "x", "--models", Models);
        await AssertUsageAsync("There is no job", "search", "--job", "nobody", "--storage", $"file:{Storage}", "--models", Models, "-k", "3");
        await AssertUsageAsync("no index 'other'", "search", "seven", "--index", "other", "--storage", $"file:{Storage}", "--models", Models);
        await AssertUsageAsync("does not exist", "search", "--file", "/nowhere.png", "--storage", $"file:{Storage}", "--models", Models);
    }

    private static async Task AssertUsageAsync(string expected, params string[] arguments)
    {
        var output = await MultimodalCommand.RunAsync(arguments);
        Assert.Equal(ExitCodes.Usage, output.ExitCode);
        Assert.Contains(expected, output.Notes, StringComparison.OrdinalIgnoreCase);
    }

    private static List<string> Found(MultimodalCommand.Output output)
    {
        Assert.True(output.ExitCode == ExitCodes.Success, output.Notes);
        using var answer = JsonDocument.Parse(output.Results);
        return [.. answer.RootElement.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("jobId").GetString()!)];
    }

    private Task<MultimodalCommand.Output> SearchAsync(params string[] arguments) =>
        MultimodalCommand.RunAsync(["search", .. arguments, "--storage", $"file:{Storage}", "--models", Models, "--json"]);
}

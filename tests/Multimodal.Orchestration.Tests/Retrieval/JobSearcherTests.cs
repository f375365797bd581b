using Multimodal.Orchestration.Search;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Retrieval.Jobs;

namespace Multimodal.Orchestration.Tests.Retrieval;

public sealed class JobSearcherTests
{
    [Fact]
    public async Task Search_TextFileAndJob_FindTheNearest()
    {
        using var host = await FillAsync();

        Assert.Equal(["a", "ab", "b"], await FindAsync(host, new SearchQuery { Text = "a" }));
        Assert.Equal(["b", "ab"], await FindAsync(host, new SearchQuery { File = new InputContent("x.txt", "bbb"u8.ToArray()), Count = 2 }));
        Assert.Equal(["ab", "a"], await FindAsync(host, new SearchQuery { Job = JobId.Parse("b") }));
        var answer = await host.SearchAsync(new SearchQuery { Text = "aab" });
        Assert.Equal(("letters", "letters", Modality.Text), (answer.Pipeline, answer.Index, answer.Modality!.Value));
    }

    [Fact]
    public async Task Search_Filters_AreKept()
    {
        using var host = await FillAsync();
        var time = (await host.EntriesAsync()).Max(entry => entry.PublishedAt);

        Assert.Equal(["b"], await FindAsync(host, new JobFilter { Label = "b" }));
        Assert.Equal(3, (await FindAsync(host, new JobFilter { Vectors = ["text"], Pipeline = "letters" })).Count);
        Assert.Equal(3, (await FindAsync(host, new JobFilter { Vectors = ["text", "fused"] })).Count);
        Assert.Empty(await FindAsync(host, new JobFilter { Vectors = ["image"] }));
        Assert.Empty(await FindAsync(host, new JobFilter { Pipeline = "others" }));
        Assert.Equal(["b"], await FindAsync(host, new JobFilter { Since = time }));
        Assert.Equal(["a", "ab"], await FindAsync(host, new JobFilter { Until = time.AddSeconds(-1) }));
        Assert.Equal("text", (await host.SearchAsync(new SearchQuery { Text = "a", Filter = new JobFilter { Vectors = ["text"] } })).Jobs[0].Vector);
    }

    [Fact]
    public async Task Search_WhatIsNotThere_IsSaid()
    {
        using var host = await FillAsync();

        Assert.Equal("pipeline-not-found", (await RefuseAsync(new SearchQuery { Text = "a", Pipeline = "none" })).Code);
        Assert.Equal("index-not-found", (await RefuseAsync(new SearchQuery { Text = "a", Index = "none" })).Code);
        Assert.Equal("job-not-indexed", (await RefuseAsync(new SearchQuery { Job = JobId.Parse("a"), Index = "none" })).Code);
        Assert.Equal("bad-search", (await RefuseAsync(new SearchQuery())).Code);
        Assert.Equal("bad-search", (await RefuseAsync(new SearchQuery { Text = "a", Job = JobId.Parse("a") })).Code);
        await Assert.ThrowsAsync<JobNotFoundException>(() => host.SearchAsync(new SearchQuery { Job = JobId.Parse("none") }));
        Assert.Equal(InputErrorCodes.NoContent, (await Assert.ThrowsAsync<InputException>(() => host.SearchAsync(new SearchQuery { Text = " " }))).Error.Code);
        var picture = new InputContent("x.png", new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0 });
        Assert.Equal(InputErrorCodes.NoEncoder, (await Assert.ThrowsAsync<InputException>(() => host.SearchAsync(new SearchQuery { File = picture }))).Error.Code);

        Task<SearchException> RefuseAsync(SearchQuery query) => Assert.ThrowsAsync<SearchException>(() => host.SearchAsync(query));
    }

    [Fact]
    public async Task Search_NothingKeptYet_FindsNothing()
    {
        using var host = new RetrievalHost();

        Assert.Empty((await host.SearchAsync(new SearchQuery { Text = "a" })).Jobs);
    }

    private static async Task<RetrievalHost> FillAsync()
    {
        var host = new RetrievalHost();
        foreach (var text in new[] { "a", "ab", "b" })
        {
            await host.RunAsync(text, text);
            host.Host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        return host;
    }

    private static Task<List<string>> FindAsync(RetrievalHost host, JobFilter filter) => FindAsync(host, new SearchQuery { Text = "a", Filter = filter });

    private static async Task<List<string>> FindAsync(RetrievalHost host, SearchQuery query) =>
        [.. (await host.SearchAsync(query)).Jobs.Select(job => job.JobId.Value)];
}

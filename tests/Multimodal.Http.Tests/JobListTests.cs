using System.Net;
using System.Text.Json;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Http.Tests;

public sealed class JobListTests
{
    private const string Wait = "wait=30";

    [Fact]
    public async Task List_NoJobs_IsEmpty()
    {
        await using var host = await HttpHost.StartAsync();

        var page = await GetAsync(host, "/api/jobs");

        Assert.Equal(0, page.GetProperty("total").GetInt32());
        Assert.False(page.TryGetProperty("continuation", out _));
    }

    [Fact]
    public async Task List_Jobs_AreTheNewestFirstPageByPage()
    {
        await using var host = await HttpHost.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await host.SubmitAsync([($"{i}.txt", "abb")], $"job-{i}", prefer: Wait);
        }

        var first = await GetAsync(host, "/api/jobs?limit=2");
        await host.SubmitAsync([("5.txt", "a")], "job-5", prefer: Wait);
        var second = await GetAsync(host, $"/api/jobs?limit=2&continuation={first.GetProperty("continuation").GetString()}");
        var third = await GetAsync(host, $"/api/jobs?limit=2&continuation={second.GetProperty("continuation").GetString()}");

        // What comes meanwhile moves no page.
        Assert.Equal(["job-4", "job-3"], Ids(first));
        Assert.Equal(["job-2", "job-1"], Ids(second));
        Assert.Equal(["job-0"], Ids(third));
        Assert.False(third.TryGetProperty("continuation", out _));
        Assert.Equal(5, first.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task List_ClosedJob_HasItsInputsAndVerdict()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "abb"), ("bad.bin", "\0\u0001")], "my-job", prefer: Wait);

        var job = (await GetAsync(host, "/api/jobs")).GetProperty("jobs")[0];

        Assert.Equal(("closed", "partial", "letters"), (Text(job, "state"), Text(job, "outcome"), Text(job, "pipeline")));
        Assert.Equal(["a.txt", "bad.bin"], job.GetProperty("inputs").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal("b", Text(job.GetProperty("verdicts")[0], "label"));
    }

    [Theory]
    [InlineData("verdict:b", "job-b")]
    [InlineData("verdict:B", "job-b")]
    [InlineData("JOB-C", "job-c")]
    [InlineData("input:photo", "job-b")]
    [InlineData("photo letters", "job-b")]
    [InlineData("photo verdict:c", "")]
    [InlineData("state:closed", "job-c job-b")]
    [InlineData("outcome:failed", "")]
    [InlineData("pipeline:lett", "job-c job-b")]
    [InlineData("  ", "job-c job-b")]
    public async Task List_Search_FindsWhatHoldsEveryWord(string search, string expected)
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("photo.txt", "abb")], "job-b", prefer: Wait);
        await host.SubmitAsync([("note.txt", "acc")], "job-c", prefer: Wait);

        Assert.Equal(expected, string.Join(' ', Ids(await GetAsync(host, $"/api/jobs?q={Uri.EscapeDataString(search)}"))));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=many")]
    [InlineData("continuation=nonsense")]
    [InlineData("continuation=%21")]
    public async Task List_BadQuery_IsRefused(string query)
    {
        await using var host = await HttpHost.StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Get, $"/api/jobs?{query}"), HttpStatusCode.BadRequest, "bad-request");
    }

    [Fact]
    public async Task List_DeletedJob_IsGoneAtOnce()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a")], "gone", prefer: Wait);
        await host.SubmitAsync([("a.txt", "a")], "stays", prefer: Wait);
        Assert.Equal(["stays", "gone"], Ids(await GetAsync(host, "/api/jobs")));

        await host.SendAsync(HttpMethod.Delete, "/api/jobs/gone");

        Assert.Equal(["stays"], Ids(await GetAsync(host, "/api/jobs")));
    }

    [Fact]
    public async Task List_NothingChanged_ReadsNoRecordAgain()
    {
        await using var host = await HttpHost.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await host.SubmitAsync([("a.txt", "a")], $"job-{i}", prefer: Wait);
        }

        await GetAsync(host, "/api/jobs");
        await Task.Delay(600, TestContext.Current.CancellationToken);
        var operations = 0;
        host.Store.Before = _ =>
        {
            Interlocked.Increment(ref operations);
            return Task.CompletedTask;
        };
        var page = await GetAsync(host, "/api/jobs");

        // One listing, and nothing else.
        Assert.Equal((5, 1), (page.GetProperty("total").GetInt32(), operations));
    }

    [Fact]
    public async Task List_MoreJobsThanAreHeld_ShowsTheNewest()
    {
        await using var host = await HttpHost.StartAsync(new HttpLimits { MaximumListedJobs = 2 });
        foreach (var name in (string[])["one", "two", "three"])
        {
            await host.SubmitAsync([("a.txt", "a")], name, prefer: Wait);
        }

        Assert.Equal(["three", "two"], Ids(await GetAsync(host, "/api/jobs")));
    }

    [Fact]
    public async Task List_RecordChangedByAnotherHost_IsSeen()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a")], "my-job", prefer: Wait);
        await GetAsync(host, "/api/jobs");
        await host.Get<JobRecords>().UpdateAsync(
            Pipeline.Jobs.JobId.Parse("my-job"), record => record with { Revision = 7 }, TestContext.Current.CancellationToken);
        await Task.Delay(600, TestContext.Current.CancellationToken);

        Assert.Equal(7, (await GetAsync(host, "/api/jobs")).GetProperty("jobs")[0].GetProperty("revision").GetInt32());
    }

    private static async Task<JsonElement> GetAsync(HttpHost host, string path)
    {
        var response = await host.SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await HttpHost.ReadAsync(response);
    }

    private static string[] Ids(JsonElement page) => [.. page.GetProperty("jobs").EnumerateArray().Select(job => Text(job, "jobId")!)];

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}

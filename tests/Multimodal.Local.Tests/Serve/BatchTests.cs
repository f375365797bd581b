using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Multimodal.Orchestration.Batches;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Tests.Serve;

public sealed class BatchTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Batch_Folders_BecomeJobsWithResults()
    {
        Put("in/ünï/a.txt", "in/ünï/b.txt", "in/two/a.txt", "in/loose.txt");
        await using var host = await ServeTestHost.StartAsync(_root);

        using var response = await PostAsync(host, new { id = "b1", prefix = "in/" });
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/api/batches/b1", response.Headers.Location!.ToString());

        var batch = await EndAsync(host, "b1");
        Assert.Equal((4, 2, 1, 2), (CountOf(batch, "listed"), CountOf(batch, "started"), CountOf(batch, "refused"), CountOf(batch, "succeeded")));
        Assert.Equal("misplaced", batch.GetProperty("refusals")[0].GetProperty("code").GetString());
        var result = await host.ResultAsync(BatchIds.JobOf("b1", "ünï").Value);
        Assert.Equal((JobOutcomeStatus.Succeeded, 2), (result.Status, result.Inputs.Count));
        Assert.Equal(1, result.Revision);
        Assert.Equal(2, host.Messages().Count);
    }

    [Fact]
    public async Task Batch_HostStoppedInTheMiddle_IsTakenUpByTheNext_AndMakesNothingTwice()
    {
        const int Jobs = 60;
        Put([.. Enumerable.Range(0, Jobs).Select(i => $"notes/{i:d3}.txt")]);
        await using (var first = await ServeTestHost.StartAsync(_root))
        {
            await PostAsync(first, new { id = "b1", prefix = "notes/", groupBy = "blob", jobsPerSecond = 3 });
            await ServeTestHost.UntilAsync(async () => CountOf(await GetAsync(first, "b1"), "started") is > 0 and < Jobs);
        }

        Assert.InRange((await RecordAsync("b1")).Counts.Started, 1, Jobs - 1);
        await using var next = await ServeTestHost.StartAsync(_root);

        var batch = await EndAsync(next, "b1");

        Assert.Equal((Jobs, Jobs, Jobs), (CountOf(batch, "listed"), CountOf(batch, "started"), CountOf(batch, "succeeded")));
        Assert.Equal(Enumerable.Range(0, Jobs).Select(i => $"b1.{i:d3}.txt_1"), next.Messages());
    }

    [Fact]
    public async Task Batch_Rate_IsKeptTo()
    {
        Put([.. Enumerable.Range(0, 30).Select(i => $"notes/{i:d3}.txt")]);
        await using var host = await ServeTestHost.StartAsync(_root);
        var clock = Stopwatch.StartNew();

        await PostAsync(host, new { id = "b1", prefix = "notes/", groupBy = "blob", jobsPerSecond = 2 });
        var mostAhead = 0.0;
        JsonElement batch;
        do
        {
            await Task.Delay(100, Token);
            batch = await GetAsync(host, "b1");
            mostAhead = Math.Max(mostAhead, CountOf(batch, "started") - (2 * clock.Elapsed.TotalSeconds));
        }
        while (CountOf(batch, "started") < 30);

        // A page is five seconds of the rate.
        Assert.InRange(mostAhead, 0, 10.5);
        Assert.InRange(clock.Elapsed.TotalSeconds, 9.5, 120);
    }

    [Fact]
    public async Task Batch_PausedAndResumed_GoesOn_AndStoppedLeavesItsJobs()
    {
        Put([.. Enumerable.Range(0, 1000).Select(i => $"notes/{i:d3}.txt")]);
        await using var host = await ServeTestHost.StartAsync(_root);
        await PostAsync(host, new { id = "b1", prefix = "notes/", groupBy = "blob", jobsPerSecond = 4 });
        await ServeTestHost.UntilAsync(async () => CountOf(await GetAsync(host, "b1"), "succeeded") > 0);

        using var paused = await host.SendAsync(HttpMethod.Post, "/api/batches/b1/pause");
        Assert.Equal("paused", (await ServeTestHost.ReadAsync(paused)).GetProperty("state").GetString());
        await ServeTestHost.UntilAsync(async () => (await GetAsync(host, "b1")).GetProperty("state").GetString() == "paused");
        await Task.Delay(500, Token);
        var atPause = CountOf(await GetAsync(host, "b1"), "started");
        await Task.Delay(6000, Token);
        Assert.Equal(atPause, CountOf(await GetAsync(host, "b1"), "started"));

        using var resumed = await host.SendAsync(HttpMethod.Post, "/api/batches/b1/resume");
        await ServeTestHost.UntilAsync(async () => CountOf(await GetAsync(host, "b1"), "started") > atPause);

        using var stopped = await host.SendAsync(HttpMethod.Delete, "/api/batches/b1");
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        Assert.Equal("stopped", (await GetAsync(host, "b1")).GetProperty("state").GetString());
        Assert.Equal(JobOutcomeStatus.Succeeded, (await host.ResultAsync("b1.000.txt")).Status);
        using var again = await host.SendAsync(HttpMethod.Post, "/api/batches/b1/resume");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        using var forgotten = await host.SendAsync(HttpMethod.Delete, "/api/batches/b1");
        using var missing = await host.SendAsync(HttpMethod.Get, "/api/batches/b1");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Document_Batch_HasItsBody()
    {
        await using var host = await ServeTestHost.StartAsync(_root);
        using var response = await host.SendAsync(HttpMethod.Get, "/openapi/v1.json");
        var document = await ServeTestHost.ReadAsync(response);

        var submit = document.GetProperty("paths").GetProperty("/api/batches").GetProperty("post");
        var schema = submit.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema");
        var properties = (schema.TryGetProperty("$ref", out var reference)
            ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1])
            : schema).GetProperty("properties");

        Assert.True(properties.TryGetProperty("maximumOpenJobs", out var open) && open.GetProperty("description").GetString()!.Length > 0);
        Assert.True(submit.GetProperty("responses").TryGetProperty("202", out _) && submit.GetProperty("responses").TryGetProperty("409", out _));
    }

    private void Put(params string[] names)
    {
        foreach (var name in names)
        {
            var file = Path.Combine(_root, Containers.Bulk, name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, $"words of {name}");
        }
    }

    private static Task<HttpResponseMessage> PostAsync(ServeTestHost host, object batch) =>
        host.SendAsync(HttpMethod.Post, "/api/batches", JsonContent.Create(batch));

    private static async Task<JsonElement> GetAsync(ServeTestHost host, string id)
    {
        using var response = await host.SendAsync(HttpMethod.Get, $"/api/batches/{id}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ServeTestHost.ReadAsync(response);
    }

    private static async Task<JsonElement> EndAsync(ServeTestHost host, string id)
    {
        await ServeTestHost.UntilAsync(async () => (await GetAsync(host, id)).GetProperty("state").GetString() == "completed");
        return await GetAsync(host, id);
    }

    private async Task<BatchRecord> RecordAsync(string id) =>
        (await new BatchRecords(new Local.Files.FileBlobStore(_root)).FindAsync(id, Token))!;

    private static int CountOf(JsonElement batch, string name) => batch.GetProperty("counts").GetProperty(name).GetInt32();
}

using System.Net;
using System.Text.Json;

namespace Multimodal.Http.Tests;

public sealed class JobEventsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Watch_ClosedJob_IsSentOnceAndEnds()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "abb")], "my-job", prefer: "wait=30");

        using var response = await OpenAsync(host, "my-job");
        var events = await ReadAsync(response).ToListAsync(Token);

        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal(["job", "end"], events.Select(sent => sent.Name));
        Assert.Equal("b", events[0].Data.GetProperty("result").GetProperty("outcomes")[0].GetProperty("label").GetString());
    }

    [Fact]
    public async Task Watch_JobThatRuns_IsSentAfterEachChangeUntilItIsClosed()
    {
        await using var host = await HttpHost.StartAsync();
        using var gate = new ManualResetEventSlim();
        host.Models.BeforeEncoding = _ => gate.Wait(Token);
        await host.SubmitAsync([("a.txt", "a")], "my-job");

        using var response = await OpenAsync(host, "my-job");
        await using var events = ReadAsync(response).GetAsyncEnumerator(Token);
        var seen = new List<JsonElement>();
        while (await events.MoveNextAsync() && events.Current.Name == "job")
        {
            seen.Add(events.Current.Data);
            if (Stage(events.Current.Data) == "encoding")
            {
                gate.Set();
            }
        }

        Assert.Equal("end", events.Current.Name);
        Assert.False(await events.MoveNextAsync());
        Assert.Contains("encoding", seen.Select(Stage));
        Assert.Equal("closed", seen[^1].GetProperty("state").GetString());
        Assert.Equal(seen.Select(job => job.GetRawText()).Distinct(), seen.Select(job => job.GetRawText()));
    }

    [Fact]
    public async Task Watch_JobErasedMeanwhile_EndsWithTheProblem()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a")], "my-job", """{ "inputs": ["never.txt"] }""");

        using var response = await OpenAsync(host, "my-job");
        await using var events = ReadAsync(response).GetAsyncEnumerator(Token);
        Assert.True(await events.MoveNextAsync());
        await host.SendAsync(HttpMethod.Delete, "/api/jobs/my-job");
        while (events.Current.Name == "job")
        {
            Assert.True(await events.MoveNextAsync());
        }

        Assert.Equal("problem", events.Current.Name);
        Assert.Equal("job-erased", events.Current.Data.GetProperty("code").GetString());
        Assert.False(await events.MoveNextAsync());
    }

    [Fact]
    public async Task Watch_MoreClientsThanMay_AreToldToComeLater()
    {
        await using var host = await HttpHost.StartAsync(new HttpLimits { MaximumStreams = 1 });
        await host.SubmitAsync([("a.txt", "a")], "my-job", """{ "inputs": ["never.txt"] }""");
        using (var first = await OpenAsync(host, "my-job"))
        {
            await using var events = ReadAsync(first).GetAsyncEnumerator(Token);
            Assert.True(await events.MoveNextAsync());

            using var second = await OpenAsync(host, "my-job");
            await JobsApiTests.AssertProblemAsync(second, HttpStatusCode.TooManyRequests, "too-many-streams");
            Assert.NotNull(second.Headers.RetryAfter);
        }

        // The place of a client that went away is another's.
        for (var i = 0; ; i++)
        {
            using var third = await OpenAsync(host, "my-job");
            if (third.StatusCode == HttpStatusCode.OK)
            {
                return;
            }

            Assert.True(i < 100, "The place is not given back.");
            await Task.Delay(50, Token);
        }
    }

    [Theory]
    [InlineData("unheard-of", HttpStatusCode.NotFound, "job-not-found")]
    [InlineData("..bad", HttpStatusCode.BadRequest, "bad-job-id")]
    public async Task Watch_NoSuchJob_IsAProblem(string id, HttpStatusCode status, string code)
    {
        await using var host = await HttpHost.StartAsync();

        using var response = await OpenAsync(host, id);

        await JobsApiTests.AssertProblemAsync(response, status, code);
    }

    private static string? Stage(JsonElement job) =>
        job.TryGetProperty("progress", out var progress) ? progress.GetProperty("stage").GetString() : null;

    private static Task<HttpResponseMessage> OpenAsync(HttpHost host, string id) =>
        host.Client.GetAsync(new Uri($"/api/jobs/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);

    private static async IAsyncEnumerable<(string Name, JsonElement Data)> ReadAsync(HttpResponseMessage response)
    {
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        var name = "";
        while (await reader.ReadLineAsync(Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                name = line["event: ".Length..];
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return (name, JsonDocument.Parse(line["data: ".Length..]).RootElement);
            }
        }
    }
}

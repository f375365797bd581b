using System.Net;
using System.Text;

namespace Multimodal.Http.Tests;

public sealed class BatchesApiTests
{
    [Theory]
    [InlineData("""{ "container": "uploads" }""", "container-not-allowed")]
    [InlineData("""{ "id": "a.b" }""", "bad-batch-id")]
    [InlineData("""{ "maximumOpenJobs": 0 }""", "bad-batch")]
    [InlineData("""{ "jobsPerSecond": -1 }""", "bad-batch")]
    [InlineData("""{ "groupBy": 7 }""", "bad-batch")]
    [InlineData("""{ "groupBy": "page" }""", "bad-request")]
    [InlineData("""{ "inputs": ["a.txt"] }""", "bad-request")]
    [InlineData("""{ "pipeline": "nowhere" }""", "bad-options")]
    [InlineData("""{ "labels": ["one", "two"] }""", "bad-options")]
    [InlineData("""null""", "bad-request")]
    [InlineData("""{""", "bad-request")]
    public async Task Submit_BadBody_Is400(string body, string code)
    {
        await using var host = await HttpHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Post, "/api/batches", Json(body));

        await AssertProblemAsync(response, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Submit_OtherMediaType_Is415()
    {
        await using var host = await HttpHost.StartAsync();

        using var response = await host.SendAsync(HttpMethod.Post, "/api/batches", new StringContent("{}", Encoding.UTF8, "text/plain"));

        await AssertProblemAsync(response, HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task Submit_WithoutAnId_MakesOne_ThatIsListed()
    {
        await using var host = await HttpHost.StartAsync();

        using var first = await host.SendAsync(HttpMethod.Post, "/api/batches", Json("{}"));
        using var second = await host.SendAsync(HttpMethod.Post, "/api/batches", Json("""{ "id": "zz" }"""));

        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        var id = (await HttpHost.ReadAsync(first)).GetProperty("id").GetString()!;
        Assert.Equal($"/api/batches/{id}", first.Headers.Location!.ToString());
        Assert.Equal([id], await ListAsync(host, "?limit=1"));
        Assert.Equal([id, "zz"], await ListAsync(host, ""));
    }

    [Fact]
    public async Task List_Pages_GoOn()
    {
        await using var host = await HttpHost.StartAsync();
        foreach (var id in new[] { "b1", "b2", "b3" })
        {
            (await host.SendAsync(HttpMethod.Post, "/api/batches", Json($$"""{ "id": "{{id}}" }"""))).Dispose();
        }

        using var response = await host.SendAsync(HttpMethod.Get, "/api/batches?limit=2");
        var continuation = (await HttpHost.ReadAsync(response)).GetProperty("continuation").GetString();

        Assert.Equal(["b3"], await ListAsync(host, $"?limit=2&continuation={continuation}"));
        using var bad = await host.SendAsync(HttpMethod.Get, "/api/batches?continuation=!!");
        await AssertProblemAsync(bad, HttpStatusCode.BadRequest, "bad-request");
        using var tooMany = await host.SendAsync(HttpMethod.Get, "/api/batches?limit=101");
        await AssertProblemAsync(tooMany, HttpStatusCode.BadRequest, "bad-request");
    }

    [Fact]
    public async Task Submit_SameIdOtherwise_Is409()
    {
        await using var host = await HttpHost.StartAsync();
        using var first = await host.SendAsync(HttpMethod.Post, "/api/batches", Json("""{ "id": "b1" }"""));
        using var same = await host.SendAsync(HttpMethod.Post, "/api/batches", Json("""{ "id": "b1", "container": "bulk" }"""));
        using var other = await host.SendAsync(HttpMethod.Post, "/api/batches", Json("""{ "id": "b1", "prefix": "x/" }"""));

        Assert.Equal(HttpStatusCode.Accepted, same.StatusCode);
        await AssertProblemAsync(other, HttpStatusCode.Conflict, "batch-exists");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/pause")]
    [InlineData("POST", "/resume")]
    public async Task UnknownBatch_Is404(string method, string change)
    {
        await using var host = await HttpHost.StartAsync();

        using var response = await host.SendAsync(new HttpMethod(method), $"/api/batches/nobody{change}");

        await AssertProblemAsync(response, HttpStatusCode.NotFound, "batch-not-found");
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task<IEnumerable<string?>> ListAsync(HttpHost host, string query)
    {
        using var response = await host.SendAsync(HttpMethod.Get, $"/api/batches{query}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return [.. (await HttpHost.ReadAsync(response)).GetProperty("batches").EnumerateArray().Select(batch => batch.GetProperty("id").GetString())];
    }

    private static async Task AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, (await HttpHost.ReadAsync(response)).GetProperty("code").GetString());
    }
}

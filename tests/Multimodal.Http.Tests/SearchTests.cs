using System.Net;
using System.Text;
using System.Text.Json;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Http.Tests;

public sealed class SearchTests
{
    [Fact]
    public async Task Search_TextInTheQuery_FindsJobs()
    {
        await using var host = await StartAsync();

        var (status, answer) = await GetAsync(host, "?text=a&k=2&in=text,fused&pipeline=letters");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["job-a", "job-ab"], Ids(answer));
        Assert.Equal(("letters", "text"), (answer.GetProperty("index").GetString(), answer.GetProperty("modality").GetString()));
        Assert.Equal("a", answer.GetProperty("jobs")[0].GetProperty("label").GetString());
        Assert.Equal(["b.txt"], (await GetAsync(host, "?job=job-ab&label=b")).Answer.GetProperty("jobs")[0].GetProperty("files").EnumerateArray().Select(file => file.GetString()));
    }

    [Fact]
    public async Task Search_FileInAForm_FindsJobs()
    {
        await using var host = await StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent("bb"u8.ToArray()), "file", "x.txt" }, { new StringContent("1"), "k" } };

        var response = await host.SendAsync(HttpMethod.Post, "/api/search", form);

        Assert.Equal(["job-b"], Ids(await HttpHost.ReadAsync(response)));
    }

    [Fact]
    public async Task Search_Json_FindsJobs()
    {
        await using var host = await StartAsync();

        var response = await PostAsync(host, """{ "text": "b", "in": ["text"], "label": "a", "k": 5, "since": "2020-01-01T00:00:00Z" }""");

        var answer = await HttpHost.ReadAsync(response);
        Assert.Equal(["job-ab", "job-a"], Ids(answer));
        Assert.All(answer.GetProperty("jobs").EnumerateArray(), job => Assert.Equal("text", job.GetProperty("vector").GetString()));
    }

    [Theory]
    [InlineData("", 400, "bad-search")]
    [InlineData("?text=a&job=b", 400, "bad-search")]
    [InlineData("?text=a&k=0", 400, "bad-request")]
    [InlineData("?text=a&k=101", 400, "bad-request")]
    [InlineData("?text=a&k=x", 400, "bad-request")]
    [InlineData("?text=a&in=colour", 400, "bad-request")]
    [InlineData("?text=a&since=soon", 400, "bad-request")]
    [InlineData("?text=a&colour=red", 400, "bad-request")]
    [InlineData("?job=a/b", 400, "bad-job-id")]
    [InlineData("?job=nobody", 404, "job-not-found")]
    [InlineData("?text=a&pipeline=none", 404, "pipeline-not-found")]
    [InlineData("?text=a&index=none", 404, "index-not-found")]
    [InlineData("?text=%20%20", 422, "no-content")]
    public async Task Search_ThatCannotBe_IsAProblem(string query, int status, string code)
    {
        await using var host = await StartAsync();

        var (answered, problem) = await GetAsync(host, query);

        Assert.Equal((status, code), ((int)answered, problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("{", 400, "bad-request")]
    [InlineData("null", 400, "bad-request")]
    [InlineData("""{ "text": "a", "k": 0 }""", 400, "bad-request")]
    [InlineData("""{ "text": "a", "in": ["colour"] }""", 400, "bad-request")]
    public async Task Search_BadJson_IsAProblem(string body, int status, string code)
    {
        await using var host = await StartAsync();

        var response = await PostAsync(host, body);

        Assert.Equal((status, code), ((int)response.StatusCode, (await HttpHost.ReadAsync(response)).GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Search_BadForms_AreProblems()
    {
        await using var host = await HttpHost.StartAsync(inputLimits: new InputLimits { MaximumBytes = 10 });
        using var two = HttpHost.Form([("a.txt", "a"), ("b.txt", "b")]);
        using var large = HttpHost.Form([("a.txt", new string('a', 11))]);
        using var plain = new StringContent("a");

        Assert.Equal(HttpStatusCode.BadRequest, (await host.SendAsync(HttpMethod.Post, "/api/search", two)).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await host.SendAsync(HttpMethod.Post, "/api/search", large)).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await host.SendAsync(HttpMethod.Post, "/api/search", plain)).StatusCode);
    }

    [Fact]
    public async Task Search_PipelineThatKeepsNothing_IsAProblem()
    {
        await using var host = await HttpHost.StartAsync();

        var (status, problem) = await GetAsync(host, "?text=a");

        Assert.Equal((HttpStatusCode.NotFound, "index-not-found"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Delete_Job_IsNotFoundAnyMore()
    {
        await using var host = await StartAsync();

        await host.SendAsync(HttpMethod.Delete, "/api/jobs/job-a");

        Assert.Equal(["job-ab", "job-b"], Ids((await GetAsync(host, "?text=a")).Answer));
    }

    private static async Task<HttpHost> StartAsync()
    {
        var host = await HttpHost.StartAsync();
        host.Pipeline.Write("1.0.1", more: [new RetrievalDefinition { Name = "similar" }]);
        foreach (var text in new[] { "a", "aab", "b" })
        {
            var name = text == "aab" ? "ab" : text;
            await host.SubmitAsync([($"{name}.txt", text)], $"job-{name}", prefer: "wait=60");
        }

        return host;
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> GetAsync(HttpHost host, string query)
    {
        var response = await host.SendAsync(HttpMethod.Get, $"/api/search{query}");
        return (response.StatusCode, await HttpHost.ReadAsync(response));
    }

    private static Task<HttpResponseMessage> PostAsync(HttpHost host, string json) =>
        host.SendAsync(HttpMethod.Post, "/api/search", new StringContent(json, Encoding.UTF8, "application/json"));

    private static IEnumerable<string?> Ids(JsonElement answer) =>
        answer.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("jobId").GetString());
}

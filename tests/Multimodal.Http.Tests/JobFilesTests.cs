using System.Net;
using System.Text;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Http.Tests;

public sealed class JobFilesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Result_ClosedJob_IsItsResult()
    {
        await using var host = await StartAsync();

        var response = await host.SendAsync(HttpMethod.Get, "/api/jobs/my-job/result");

        var result = await HttpHost.ReadAsync(response);
        Assert.Equal("b", result.GetProperty("outcomes")[0].GetProperty("label").GetString());
        Assert.Equal("single", result.GetProperty("outcomes")[0].GetProperty("agreement").GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.NotModified, (await SendAsync(host, "/api/jobs/my-job/result", ("If-None-Match", response.Headers.ETag!.ToString()))).StatusCode);
    }

    [Theory]
    [InlineData("*/*", "application/vnd.safetensors")]
    [InlineData("application/octet-stream", "application/octet-stream")]
    [InlineData("application/json;q=0.5, application/vnd.safetensors", "application/vnd.safetensors")]
    public async Task Embeddings_AcceptNamesNoJson_AreSafetensors(string accept, string type)
    {
        await using var host = await StartAsync();

        var response = await SendAsync(host, "/api/jobs/my-job/embeddings", ("Accept", accept));

        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        var tensors = Safetensors.Read(await response.Content.ReadAsByteArrayAsync(Token)).Tensors;
        Assert.Equal(["fused", "inputs/a.txt", "modalities/text"], tensors.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json, */*;q=0.1")]
    public async Task Embeddings_AcceptPrefersJson_AreJson(string accept)
    {
        await using var host = await StartAsync();

        var response = await SendAsync(host, "/api/jobs/my-job/embeddings", ("Accept", accept));

        var embeddings = (await HttpHost.ReadAsync(response)).GetProperty("embeddings");

        // The letters a, b, b have the ids 3, 4, 4: modulo 3.
        Assert.Equal([1f, 2f, 0f], embeddings.GetProperty("fused").EnumerateArray().Select(value => value.GetSingle()));
        Assert.Equal("Accept", response.Headers.Vary.Single());
    }

    [Fact]
    public async Task Embeddings_AcceptNamesNeither_IsNotAcceptable()
    {
        await using var host = await StartAsync();

        await JobsApiTests.AssertProblemAsync(
            await SendAsync(host, "/api/jobs/my-job/embeddings", ("Accept", "image/png")), HttpStatusCode.NotAcceptable, "not-acceptable");
    }

    [Theory]
    [InlineData("result")]
    [InlineData("embeddings")]
    public async Task Result_OfAnOpenJob_IsNotThereYet(string what)
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a")], "my-job", """{ "inputs": ["never.txt"] }""");

        await JobsApiTests.AssertProblemAsync(await host.SendAsync(HttpMethod.Get, $"/api/jobs/my-job/{what}"), HttpStatusCode.NotFound, "no-result");
    }

    [Theory]
    [InlineData("result")]
    [InlineData("embeddings")]
    [InlineData("inputs/a.txt")]
    [InlineData("inputs/a.txt/view")]
    public async Task Get_OfNoJobOrAnErasedOne_IsAProblem(string what)
    {
        await using var host = await StartAsync();
        await JobsApiTests.AssertProblemAsync(await host.SendAsync(HttpMethod.Get, $"/api/jobs/never/{what}"), HttpStatusCode.NotFound, "job-not-found");

        await host.SendAsync(HttpMethod.Delete, "/api/jobs/my-job");

        await JobsApiTests.AssertProblemAsync(await host.SendAsync(HttpMethod.Get, $"/api/jobs/my-job/{what}"), HttpStatusCode.Gone, "job-erased");
    }

    [Fact]
    public async Task Input_WithAnyName_IsADownloadOfWhatWasSent()
    {
        const string Name = "<b>ü & 100%.txt";
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([(Name, "abb")], "my-job", prefer: "wait=30");

        var response = await host.SendAsync(HttpMethod.Get, $"/api/jobs/my-job/inputs/{Uri.EscapeDataString(Name)}");

        Assert.Equal("abb", Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(Token)));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(Name, response.Content.Headers.ContentDisposition.FileNameStar);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("inputs/other.txt")]
    [InlineData("inputs/other.txt/view")]
    [InlineData("inputs/job.json")]
    [InlineData("inputs/..%5Csecret/view")]
    public async Task Input_NotOfTheJob_IsNotFound(string path)
    {
        await using var host = await StartAsync();

        await JobsApiTests.AssertProblemAsync(await host.SendAsync(HttpMethod.Get, $"/api/jobs/my-job/{path}"), HttpStatusCode.NotFound, "input-not-found");
    }

    [Fact]
    public async Task View_Text_IsItsTokens()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "Ab x")], "my-job", prefer: "wait=30");

        var view = await HttpHost.ReadAsync(await host.SendAsync(HttpMethod.Get, "/api/jobs/my-job/inputs/a.txt/view"));

        Assert.Equal("text", view.GetProperty("modality").GetString());
        Assert.Equal(["a", "b", " ", "[UNK]"], view.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("text").GetString()!));
        Assert.Equal([3L, 4, 2, 1], view.GetProperty("tokens").EnumerateArray().Select(token => token.GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task View_RefusedInput_SaysWhy()
    {
        await using var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "a"), ("bad.bin", "\0\u0001")], "my-job", prefer: "wait=30");

        var response = await host.SendAsync(HttpMethod.Get, "/api/jobs/my-job/inputs/bad.bin/view");

        await JobsApiTests.AssertProblemAsync(response, HttpStatusCode.NotFound, "no-features");
    }

    [Fact]
    public async Task View_FeaturesDeleted_SaysThatTheyExpired()
    {
        await using var host = await StartAsync();
        foreach (var blob in await host.Store.ListAsync(Containers.Features, "my-job/", Token).ToListAsync(Token))
        {
            await host.Store.DeleteAsync(blob.Path, Token);
        }

        await JobsApiTests.AssertProblemAsync(
            await host.SendAsync(HttpMethod.Get, "/api/jobs/my-job/inputs/a.txt/view"), HttpStatusCode.Gone, "features-expired");
    }

    private static async Task<HttpHost> StartAsync()
    {
        var host = await HttpHost.StartAsync();
        await host.SubmitAsync([("a.txt", "abb")], "my-job", prefer: "wait=30");
        return host;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpHost host, string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return await host.Client.SendAsync(request, Token);
    }
}

using System.Net;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Http.Tests;

public sealed class SamplesTests
{
    [Fact]
    public async Task List_ModelsWithoutSamples_IsEmpty()
    {
        await using var host = await HttpHost.StartAsync();

        Assert.Empty((await HttpHost.ReadAsync(await host.SendAsync(HttpMethod.Get, "/api/samples"))).GetProperty("samples").EnumerateArray());
    }

    [Fact]
    public async Task List_Samples_AreThoseThatAreToldOfFirst()
    {
        await using var host = await StartAsync();

        var samples = (await HttpHost.ReadAsync(await host.SendAsync(HttpMethod.Get, "/api/samples"))).GetProperty("samples").EnumerateArray().ToList();

        Assert.Equal(["two-bs", "a-first"], samples.Select(sample => sample.GetProperty("name").GetString()));
        Assert.Equal(("b", "Two of three."), (samples[0].GetProperty("label").GetString(), samples[0].GetProperty("note").GetString()));
        Assert.Equal(["note.txt"], samples[0].GetProperty("files").EnumerateArray().Select(file => file.GetString()));
    }

    [Fact]
    public async Task Submit_Sample_IsANewJobEachTime()
    {
        await using var host = await StartAsync();

        var first = await HttpHost.ReadAsync(await host.SendAsync(HttpMethod.Post, "/api/samples/letters/two-bs", prefer: "wait=30"));
        var second = await host.SendAsync(HttpMethod.Post, "/api/samples/letters/two-bs");

        Assert.Equal("b", first.GetProperty("result").GetProperty("outcomes")[0].GetProperty("label").GetString());
        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.NotEqual($"/api/jobs/{first.GetProperty("jobId").GetString()}", second.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("letters/none")]
    [InlineData("none/two-bs")]
    [InlineData("letters/..")]
    [InlineData("letters/%2E%2E%2F..")]
    public async Task Submit_NoSuchSample_IsNotFound(string path)
    {
        await using var host = await StartAsync();

        var response = await host.SendAsync(HttpMethod.Post, $"/api/samples/{path}");

        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{response.StatusCode}");
    }

    private static async Task<HttpHost> StartAsync()
    {
        var host = await HttpHost.StartAsync();
        var folder = Path.Combine(host.Pipeline.Root, TextPipeline.Name);
        foreach (var (name, text) in ((string, string)[])[("a-first", "aab"), ("two-bs", "abb")])
        {
            Directory.CreateDirectory(Path.Combine(folder, "samples", name));
            await File.WriteAllTextAsync(Path.Combine(folder, "samples", name, "note.txt"), text, TestContext.Current.CancellationToken);
        }

        Directory.CreateDirectory(Path.Combine(folder, "samples", "empty"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "samples.json"),
            """{ "two-bs": { "label": "b", "note": "Two of three." } }""",
            TestContext.Current.CancellationToken);
        return host;
    }
}

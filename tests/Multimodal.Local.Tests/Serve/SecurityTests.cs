using System.Net;
using Multimodal.Local.Serve.Settings;

namespace Multimodal.Local.Tests.Serve;

public sealed class SecurityTests
{
    private const string Key = "correct horse battery staple";

    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", "", HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", "correct horse battery stapl", HttpStatusCode.Unauthorized)]
    [InlineData("X-Api-Key", Key, HttpStatusCode.OK)]
    [InlineData("Authorization", "Bearer " + Key, HttpStatusCode.OK)]
    [InlineData("Authorization", "bearer " + Key, HttpStatusCode.OK)]
    [InlineData("Authorization", "Basic " + Key, HttpStatusCode.Unauthorized)]
    [InlineData("Authorization", Key, HttpStatusCode.Unauthorized)]
    public async Task Request_WithApiKeySet_NeedsIt(string? header, string? value, HttpStatusCode expected)
    {
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { ApiKey = Key });

        var response = await host.SendAsync(HttpMethod.Get, "/api/pipelines", null, header is null ? [] : [(header, value!)]);

        Assert.Equal(expected, response.StatusCode);
        if (expected == HttpStatusCode.Unauthorized)
        {
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            Assert.Equal("unauthorized", (await ServeTestHost.ReadAsync(response)).GetProperty("code").GetString());
        }
    }

    [Theory]
    [InlineData("/api/health/live", HttpStatusCode.OK)]
    [InlineData("/openapi/v1.json", HttpStatusCode.OK)]
    [InlineData("/api/health/ready", HttpStatusCode.Unauthorized)]
    [InlineData("/API/pipelines", HttpStatusCode.Unauthorized)]
    [InlineData("/%61pi/pipelines", HttpStatusCode.Unauthorized)]
    [InlineData("/x/../api/pipelines", HttpStatusCode.Unauthorized)]
    [InlineData("/api/jobs/a", HttpStatusCode.Unauthorized)]
    public async Task Request_WithoutKey_ReachesWhatHoldsNoJobs(string path, HttpStatusCode expected)
    {
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { ApiKey = Key });

        Assert.Equal(expected, (await host.SendAsync(HttpMethod.Get, path)).StatusCode);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("LOCALHOST:99", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    [InlineData("my.proxy", HttpStatusCode.OK)]
    [InlineData("rebound.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.example", HttpStatusCode.MisdirectedRequest)]
    public async Task Request_OnLoopback_MustAskForItByItsName(string name, HttpStatusCode expected)
    {
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { AllowedHosts = ["my.proxy"] });

        Assert.Equal(expected, (await host.SendAsync(HttpMethod.Get, "/api/pipelines", null, ("Host", name))).StatusCode);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", true)]
    [InlineData("Sec-Fetch-Site", "same-site", true)]
    [InlineData("Sec-Fetch-Site", "same-origin", false)]
    [InlineData("Origin", "http://elsewhere.example", true)]
    [InlineData("Origin", "null", true)]
    [InlineData("Origin", "self", false)]
    public async Task Post_OfAnotherSite_IsRefused(string header, string value, bool refused)
    {
        await using var host = await ServeTestHost.StartAsync();

        var response = await host.SubmitAsync("posted", "a", (header, value == "self" ? host.Client.BaseAddress!.GetLeftPart(UriPartial.Authority) : value));

        Assert.Equal(refused ? HttpStatusCode.Forbidden : HttpStatusCode.Accepted, response.StatusCode);
        if (refused)
        {
            Assert.Equal("cross-site", (await ServeTestHost.ReadAsync(response)).GetProperty("code").GetString());
            Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(HttpMethod.Get, "/api/jobs/posted")).StatusCode);
        }
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", null)]
    [InlineData("http://*:0", null)]
    [InlineData("http://[::]:0", null)]
    [InlineData("http://127.0.0.1:0;http://10.0.0.1:0", null)]
    [InlineData("http://0.0.0.0:0", "short")]
    public async Task Build_BeyondLoopbackWithoutAStrongKey_IsRefused(string urls, string? key)
    {
        var e = await Assert.ThrowsAsync<UsageException>(() => ServeTestHost.StartAsync(change: settings =>
            settings with { Addresses = ListenAddress.Parse(urls, null), ApiKey = key }));

        Assert.Contains("API key", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_BeyondLoopbackWithAKey_AnswersToAnyName()
    {
        await using var host = await ServeTestHost.StartAsync(change: settings =>
            settings with { Addresses = ListenAddress.Parse("http://0.0.0.0:0", null), ApiKey = Key });

        var port = new Uri(host.Application.Urls.Single()).Port;
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/pipelines") { Headers = { Host = "service.example" } };
        request.Headers.Add("X-Api-Key", Key);

        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("http://localhost:80", true)]
    [InlineData("http://127.0.0.1:80", true)]
    [InlineData("http://127.9.9.9:80", true)]
    [InlineData("http://[::1]:80", true)]
    [InlineData("http://localhost.example:80", false)]
    [InlineData("http://192.168.1.1:80", false)]
    [InlineData("http://+:80", false)]
    public void ParseAddress_Host_IsLoopbackOrNot(string url, bool loopback) =>
        Assert.Equal(loopback, ListenAddress.Parse(url, null).Single().IsLoopback);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("ftp://localhost")]
    [InlineData("https://localhost:80")]
    [InlineData("http://localhost:0")]
    [InlineData("http://localhost/path")]
    [InlineData(";")]
    public void ParseAddress_NoAddress_IsRefused(string url) =>
        Assert.Throws<UsageException>(() => ListenAddress.Parse(url, null));
}

using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;

namespace Multimodal.Local.Tests.Serve;

/// <summary>Somebody who reads, changes or finds jobs that are not his: without the key, by guessing, or by way of a job that he has.</summary>
public sealed class ForeignJobTests
{
    private const string Key = "correct horse battery staple";
    private const string Secret = "cab cab secret";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryRouteOfTheApi_WithoutTheKey_TellsNothing()
    {
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { ApiKey = Key });
        await host.SubmitAsync("theirs", Secret, ("X-Api-Key", Key), ("Prefer", "wait=30"));
        var routes = Routes(host);
        Assert.True(routes.Count > 10, "the routes are found");

        foreach (var (method, path) in routes)
        {
            var answer = await host.SendAsync(new HttpMethod(method), path);

            Assert.True(
                answer.StatusCode is HttpStatusCode.Unauthorized || (path == "/api/health/live" && answer.IsSuccessStatusCode),
                $"{method} {path} answered {answer.StatusCode}");
            Assert.DoesNotContain("theirs", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.SendAsync(HttpMethod.Get, "/api/jobs/theirs", null, ("X-Api-Key", Key))).StatusCode);
    }

    [Theory]
    [InlineData("/api/jobs/mine/inputs/..%2Ftheirs%2Fa.txt")]
    [InlineData("/api/jobs/mine/inputs/..%5Ctheirs%5Ca.txt")]
    [InlineData("/api/jobs/mine/inputs/%2e%2e%2ftheirs%2fa.txt")]
    [InlineData("/api/jobs/mine/inputs/%252e%252e%252ftheirs%252fa.txt")]
    [InlineData("/api/jobs/mine%2F..%2Ftheirs/inputs/a.txt")]
    [InlineData("/api/jobs/..%2Fuploads%2Ftheirs/inputs/a.txt")]
    [InlineData("/api/jobs/.%2Ftheirs")]
    [InlineData("/api/jobs/theirs%00")]
    [InlineData("/api/jobs/theirs%2Fa.txt")]
    [InlineData("/api/jobs/mine/inputs/..%2F..%2F..%2F..%2F..%2Fetc%2Fpasswd")]
    [InlineData("/api/jobs/mine/inputs/%2Fetc%2Fpasswd")]
    [InlineData("/api/samples/..%2F..%2F..%2Fpipeline.json")]
    [InlineData("/..%2F..%2Fetc%2Fpasswd")]
    public async Task Address_ThatLeadsElsewhere_GivesNothing(string path)
    {
        await using var host = await ServeTestHost.StartAsync();
        await host.SubmitAsync("theirs", Secret, ("Prefer", "wait=30"));
        await host.SubmitAsync("mine", "a", ("Prefer", "wait=30"));

        var answer = await SendRawAsync(host, path);

        Assert.Matches("^HTTP/1.1 4[0-9][0-9] ", answer);
        Assert.DoesNotContain("secret", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdsThatTheServiceGives_CannotBeGuessed()
    {
        await using var host = await ServeTestHost.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            var form = new MultipartFormDataContent();
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes("a")), "file", "a.txt");
            ids.Add((await ServeTestHost.ReadAsync(await host.SendAsync(HttpMethod.Post, "/api/jobs", form))).GetProperty("jobId").GetString()!);
        }

        // What two neighbours have in common is no help: of 74 random bits, half differ on the average.
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var least = ids.Zip(ids.Skip(1), (a, b) => a.Zip(b).Count(pair => pair.First != pair.Second)).Min();
        Assert.True(least >= 10, $"two ids differ in {least} characters");
    }

    private static List<(string Method, string Path)> Routes(ServeTestHost host) =>
    [
        .. host.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (
                method,
                "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "theirs"))))),
    ];

    // As it stands: a client of .NET would tidy the address up.
    private static async Task<string> SendRawAsync(ServeTestHost host, string path)
    {
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port, Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Token);
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync(Token);
    }
}

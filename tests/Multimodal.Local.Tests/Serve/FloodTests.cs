using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Multimodal.Local.Tests.Serve;

/// <summary>Requests that are made to wear a service out, as bytes on a connection: each ends soon, and the service answers others meanwhile and afterwards.</summary>
public sealed class FloodTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Multipart_AHundredThousandParts_IsRefusedAtTheLimit()
    {
        await using var host = await ServeTestHost.StartAsync();
        var body = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
        {
            body.Append("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"").Append(i).Append(".txt\"\r\n\r\na\r\n");
        }

        var answer = await ExchangeAsync(host, Post(body.Append("--x--\r\n").ToString()));

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Empty(Stored(host));
        await AssertAnswersAsync(host);
    }

    [Fact]
    public async Task Multipart_AMillionEmptyParts_IsRefused()
    {
        await using var host = await ServeTestHost.StartAsync();

        var answer = await ExchangeAsync(host, Post(string.Concat(Enumerable.Repeat("--x\r\n\r\n\r\n", 1_000_000)) + "--x--\r\n"));

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        await AssertAnswersAsync(host);
    }

    [Fact]
    public async Task Multipart_EndlessHeadersOfAPart_AreCutOff()
    {
        await using var host = await ServeTestHost.StartAsync();
        var begun = Stopwatch.GetTimestamp();

        var answer = await PourAsync(
            host,
            "POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunk("--x\r\n"),
            i => Chunk($"X-{i}: {new string('y', 1000)}\r\n"));

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(begun) < Soon);
        await AssertAnswersAsync(host);
    }

    [Fact]
    public async Task Multipart_BoundaryThatNeverEnds_IsRefusedAndLeavesNothing()
    {
        await using var host = await ServeTestHost.StartAsync();

        var answer = await ExchangeAsync(host, Post("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n" + new string('-', 4 << 20)));

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Empty(Stored(host));
    }

    [Fact]
    public async Task Multipart_NestedOrEndlessBoundary_IsRefused()
    {
        await using var host = await ServeTestHost.StartAsync();

        var answer = await ExchangeAsync(host, Post("--x--\r\n", boundary: new string('x', 3000)));

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        await AssertAnswersAsync(host);
    }

    [Fact]
    public async Task Body_ThatGoesOnForEver_IsCutOffAtTheLimit()
    {
        await using var host = await ServeTestHost.StartAsync();
        var filler = Chunk(new string('a', 1 << 16));

        var answer = await PourAsync(
            host, "POST /api/search HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", _ => filler);

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
        await AssertAnswersAsync(host);
    }

    [Theory]
    [InlineData("GET /api/health/live HTTP/1.1\r\nHost: localhost\r\n", "X-Slow: 1\r\n", "the headers")]
    [InlineData("POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 100000\r\n\r\n", "-", "the body")]
    public async Task Connection_ThatSendsAByteASecond_IsClosed(string begin, string drop, string what)
    {
        await using var host = await ServeTestHost.StartAsync();
        using var client = await ConnectAsync(host);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(begin), Token);
        var begun = Stopwatch.GetTimestamp();
        var answer = ReadAllAsync(stream);

        while (!answer.IsCompleted && Stopwatch.GetElapsedTime(begun) < Soon)
        {
            try
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(drop), Token);
            }
            catch (IOException)
            {
                break;
            }

            await Task.WhenAny(answer, Task.Delay(1000, Token));
        }

        Assert.True(Stopwatch.GetElapsedTime(begun) < Soon, $"{what} may come as slowly as they like");
        Assert.DoesNotContain("HTTP/1.1 2", await answer, StringComparison.Ordinal);
        await AssertAnswersAsync(host);
    }

    [Fact]
    public async Task Request_ManyOrLongHeadersOrAddress_IsRefused()
    {
        await using var host = await ServeTestHost.StartAsync();
        var many = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"X-{i}: 1\r\n"));

        Assert.StartsWith("HTTP/1.1 4", await ExchangeAsync(host, $"GET /api/health/live HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 4", await ExchangeAsync(host, $"GET /{new string('a', 1 << 20)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 4", await ExchangeAsync(host, "GET /api/health/live HTTP/1.1\r\nHost: localhost\r\nHost: elsewhere\r\n\r\n"), StringComparison.Ordinal);
        await AssertAnswersAsync(host);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n")]
    [InlineData("Content-Length: -1\r\n")]
    public async Task Request_WhoseLengthIsAmbiguous_SmugglesNoSecondOne(string headers)
    {
        await using var host = await ServeTestHost.StartAsync();

        var answer = await ExchangeAsync(
            host, $"POST /api/jobs HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n0\r\n\r\nDELETE /api/jobs/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Single(answer.Split("HTTP/1.1 "), part => part.Length > 0);
    }

    private static string Post(string body, string boundary = "x") =>
        $"POST /api/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: {Encoding.ASCII.GetByteCount(body)}\r\n\r\n{body}";

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";

    private static string[] Stored(ServeTestHost host) =>
        [.. Directory.EnumerateFiles(host.Root, "*", SearchOption.AllDirectories).Where(file => file.Contains($"{Path.DirectorySeparatorChar}uploads{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];

    private static async Task AssertAnswersAsync(ServeTestHost host)
    {
        var begun = Stopwatch.GetTimestamp();
        Assert.True((await host.SendAsync(HttpMethod.Get, "/api/health/live")).IsSuccessStatusCode);
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), "others wait");
    }

    private static async Task<TcpClient> ConnectAsync(ServeTestHost host)
    {
        var client = new TcpClient();
        await client.ConnectAsync(host.Client.BaseAddress!.Host, host.Client.BaseAddress.Port, Token);
        return client;
    }

    private static async Task<string> ExchangeAsync(ServeTestHost host, string request)
    {
        using var client = await ConnectAsync(host);
        var answer = ReadAllAsync(client.GetStream());
        await SendAsync(client.GetStream(), request);
        return await answer.WaitAsync(Soon, Token);
    }

    // Sends without end until the other side has had enough.
    private static async Task<string> PourAsync(ServeTestHost host, string begin, Func<int, string> drop)
    {
        using var client = await ConnectAsync(host);
        var answer = ReadAllAsync(client.GetStream());
        var open = await SendAsync(client.GetStream(), begin);
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; open && !answer.IsCompleted; i++)
        {
            Assert.True(Stopwatch.GetElapsedTime(begun) < Soon, $"{i} pieces were taken");
            open = await SendAsync(client.GetStream(), drop(i));
        }

        return await answer.WaitAsync(Soon, Token);
    }

    private static async Task<bool> SendAsync(NetworkStream stream, string text)
    {
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text), Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // What came before the connection was closed, or reset.
    private static async Task<string> ReadAllAsync(NetworkStream stream)
    {
        var (read, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            for (var count = await stream.ReadAsync(buffer, Token); count > 0; count = await stream.ReadAsync(buffer, Token))
            {
                read.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Closed with what was not read.
        }

        return read.ToString();
    }
}

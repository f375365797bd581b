using System.Net;
using System.Net.Sockets;
using System.Text;
using Multimodal.Local.Engine;
using Multimodal.Pipeline.Jobs;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Local.Tests.Serve;

/// <summary>What the service does with more than it can take.</summary>
public sealed class LimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_WhileAsManyWaitAsMay_IsRefusedAndTakenLater()
    {
        using var gate = new ManualResetEventSlim();
        var models = new FakeModelFactory { BeforeEncoding = _ => gate.Wait(Token) };
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { Concurrency = 1, Queue = 1 }, models: models);
        await host.SubmitAsync("running", "a");
        await ServeTestHost.UntilAsync(async () =>
        {
            var job = await ServeTestHost.ReadAsync(await host.SendAsync(HttpMethod.Get, "/api/jobs/running"));
            return job.TryGetProperty("progress", out var progress) && progress.GetProperty("stage").GetString() == "encoding";
        });
        await host.SubmitAsync("waiting", "a");
        await ServeTestHost.UntilAsync(() => Task.FromResult(host.Get<LocalEngine>().IsFull));

        var refused = await host.SubmitAsync("refused", "a");
        var rerun = await host.SendAsync(HttpMethod.Post, "/api/jobs/running/rerun");
        host.Drop("file/job.json", """{ "inputs": ["a.txt"] }""");
        host.Drop("file/a.txt", "a");

        Assert.All((HttpResponseMessage[])[refused, rerun], response =>
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
            Assert.True(response.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        });
        Assert.Equal("queue-full", (await ServeTestHost.ReadAsync(refused)).GetProperty("code").GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await host.SendAsync(HttpMethod.Get, "/api/jobs/refused")).StatusCode);

        gate.Set();
        foreach (var job in (string[])["running", "waiting", "file"])
        {
            Assert.Equal(JobOutcomeStatus.Succeeded, (await host.ResultAsync(job)).Status);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.SubmitAsync("refused", "a", ("Prefer", "wait=30"))).StatusCode);
    }

    [Fact]
    public async Task Jobs_ManyAtOnce_NeverRunMoreAtOnceThanAllowed()
    {
        var (now, most) = (0, 0);
        var models = new FakeModelFactory
        {
            BeforeEncoding = _ =>
            {
                InterlockedMax(ref most, Interlocked.Increment(ref now));
                Thread.Sleep(20);
                Interlocked.Decrement(ref now);
            },
        };
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { Concurrency = 2 }, models: models);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => host.SubmitAsync($"job{i}", "a", ("Prefer", "wait=60"))));

        Assert.Equal(20, host.Messages().Count);
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Request_HeadersTooLarge_IsRefused()
    {
        await using var host = await ServeTestHost.StartAsync();

        var response = await host.SendAsync(HttpMethod.Get, "/api/pipelines", null, ("X-Large", new string('x', 20_000)));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Request_MoreConnectionsThanAllowed_AreClosed()
    {
        await using var host = await ServeTestHost.StartAsync(change: settings => settings with { Connections = 2 });
        var address = host.Client.BaseAddress!;
        var clients = new List<TcpClient>();
        try
        {
            var answered = 0;
            for (var i = 0; i < 6; i++)
            {
                var client = new TcpClient();
                clients.Add(client);
                await client.ConnectAsync(address.Host, address.Port, Token);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /api/health/live HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"), Token);
                answered += await ReadsAsync(client) ? 1 : 0;
            }

            Assert.Equal(2, answered);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private static async Task<bool> ReadsAsync(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[64], Token) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void InterlockedMax(ref int target, int value)
    {
        for (var seen = Volatile.Read(ref target); value > seen; seen = Volatile.Read(ref target))
        {
            Interlocked.CompareExchange(ref target, value, seen);
        }
    }
}

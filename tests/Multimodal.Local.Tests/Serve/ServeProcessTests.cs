using System.Net;
using System.Net.Sockets;
using System.Text;
using Multimodal.Local.Tests.Run;
using Multimodal.Testing;
using Multimodal.Trials.Service;

namespace Multimodal.Local.Tests.Serve;

/// <summary>The service as people start and stop it: a process of its own, on the pipeline <c>digits</c>.</summary>
public sealed class ServeProcessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Serve_SampleOverHttp_HasItsVerdictAndSaysWhereItListens()
    {
        await using var storage = new FolderStorage();
        await using var service = ServeProcess.Start([.. storage.Arguments, "--models", TestPaths.Models]);
        using var client = new HttpClient { BaseAddress = await service.Address };
        var sample = SampleFiles.ReadAll()[0];

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = sample.ToForm("sample") };
        request.Headers.Add("Prefer", "wait=60");
        var response = await client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var stored = await StoredOutcome.ReadAsync(storage.Blobs, "sample", Token);
        Assert.Equal(sample.Label, stored.Label);
        Assert.Equal(["sample/1"], await storage.ReadMessageIdsAsync(Token));
        Assert.Contains(service.Log, line => line.Contains("digits", StringComparison.Ordinal) && line.Contains("CPUExecutionProvider", StringComparison.Ordinal));
        Assert.Contains(service.Log, line => line.Contains("uploads", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Terminate_Once_LeavesOpenJobsToTheNextStartAndEndsWith0()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var storage = new FolderStorage();
        await using (var service = ServeProcess.Start([.. storage.Arguments, "--models", TestPaths.Models]))
        {
            using var client = new HttpClient { BaseAddress = await service.Address };

            // It waits for a file that is yet to come.
            using var form = SampleFiles.ReadAll()[0].ToForm("open", """{ "inputs": ["later.txt"] }""");
            Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync(new Uri("/api/jobs", UriKind.Relative), form, Token)).StatusCode);

            await service.SignalAsync("TERM");

            Assert.Equal(ExitCodes.Success, await service.WaitAsync(Token));
        }

        Assert.False((await StoredOutcome.ReadAsync(storage.Blobs, "open", Token)).IsDone);
        await storage.UploadAsync("open/later.txt", "seven"u8.ToArray(), Token);
        await using var next = ServeProcess.Start([.. storage.Arguments, "--models", TestPaths.Models]);
        await ServeTestHost.UntilAsync(async () => (await StoredOutcome.ReadAsync(storage.Blobs, "open", Token)).IsDone);
        Assert.Equal(["open/1"], await storage.ReadMessageIdsAsync(Token));
    }

    [Fact]
    public async Task Terminate_WhileARequestWaits_AnswersIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var storage = new FolderStorage();
        await using var service = ServeProcess.Start([.. storage.Arguments, "--models", TestPaths.Models]);
        using var client = new HttpClient { BaseAddress = await service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs")
        {
            Content = SampleFiles.ReadAll()[0].ToForm("waiting", """{ "inputs": ["never.txt"] }"""),
        };
        request.Headers.Add("Prefer", "wait=60");
        var answer = client.SendAsync(request, Token);
        await ServeTestHost.UntilAsync(async () => (await StoredOutcome.ReadAsync(storage.Blobs, "waiting", Token)).Record is not null);

        await service.SignalAsync("TERM");

        Assert.Equal(HttpStatusCode.Accepted, (await answer).StatusCode);
        Assert.Equal(ExitCodes.Success, await service.WaitAsync(Token).WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task Terminate_Twice_EndsAtOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        await using var storage = new FolderStorage();
        await using var service = ServeProcess.Start([.. storage.Arguments, "--models", TestPaths.Models]);
        var address = await service.Address;

        // A request that is still being sent keeps the service from ending in its own time.
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Token);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /api/jobs HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 100000\r\n\r\n--b\r\n"),
            Token);
        await Task.Delay(TimeSpan.FromSeconds(1), Token);
        await service.SignalAsync("TERM");
        await ServeTestHost.UntilAsync(() => Task.FromResult(service.Log.Any(line => line.Contains("Stopping", StringComparison.Ordinal))));

        await service.SignalAsync("TERM");

        Assert.Equal(ExitCodes.Interrupted, await service.WaitAsync(Token).WaitAsync(TimeSpan.FromSeconds(10), Token));
    }

    [Fact]
    public async Task Start_AddressTaken_SaysSo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var storage = new FolderStorage();

        var output = await MultimodalCommand.RunAsync(
            ["serve", .. storage.Arguments, "--port", $"{((IPEndPoint)other.LocalEndpoint).Port}", "--models", TestPaths.Models]);

        Assert.Equal(ExitCodes.CannotServe, output.ExitCode);
        Assert.Contains("--port", output.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--storage", "cloud")]
    [InlineData("--storage", "file:")]
    [InlineData("--port", "70000")]
    [InlineData("--urls", "nonsense")]
    [InlineData("--urls", "http://0.0.0.0:0")]
    [InlineData("--poll", "0")]
    public async Task Start_WrongUsage_HasItsExitCode(string option, string value)
    {
        var output = await MultimodalCommand.RunAsync("serve", "--models", TestPaths.Models, option, value);

        Assert.Equal(ExitCodes.Usage, output.ExitCode);
        Assert.NotEmpty(output.Notes);
    }

    [Theory]
    [InlineData("none: Threads=1", "Onnx:Pipelines has a budget for 'none', but the model repository has only: ")]
    [InlineData("digits: Threads=0", "Onnx:Pipelines sets Threads of 'digits' to '0'; it must be a whole number, 1 or more.")]
    public async Task Start_BudgetThatCannotBeUsed_IsNamed(string budgets, string message)
    {
        await using var storage = new FolderStorage();

        var output = await MultimodalCommand.RunAsync(
            new Dictionary<string, string> { ["Onnx__Pipelines"] = budgets }, ["serve", .. storage.Arguments, "--models", TestPaths.Models, "--port", "0"]);

        Assert.Equal(ExitCodes.Usage, output.ExitCode);
        Assert.Contains(message, output.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownPipeline_IsRefused() =>
        Assert.Equal(
            ExitCodes.PipelineUnusable,
            (await MultimodalCommand.RunAsync("serve", "--models", TestPaths.Models, "--port", "0", "--pipeline", "none")).ExitCode);
}

using Azure.Storage.Queues;
using Multimodal.Testing;
using Multimodal.Testing.Azurite;

namespace Multimodal.Samples.Tests;

/// <summary>The ways in and out that README names, each run for real against <c>multimodal serve --storage azure</c> on Azurite.</summary>
public sealed class ClientWayTests(AzuriteFixture azurite) : IDisposable
{
    private static readonly string[] Files = ["picture.png", "speech.wav", "note.txt"];

    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UploadThenConsume_Job_IsTakenInAndItsResultReadOnce()
    {
        var account = (await azurite.CreateAccountAsync()).ConnectionString;
        await using var service = await ServeAsync(account);

        await using (var upload = Command.Start("Upload", account, _folder, ["seven", .. Files.Select(Sample)]))
        {
            Assert.Contains("uploads/seven/speech.wav", await upload.FinishAsync(), StringComparison.Ordinal);
        }

        var queue = await WaitForMessageAsync(account);
        var message = (await queue.PeekMessageAsync(Token)).Value.Body;

        // Delivered twice, as a queue may; and once more after the consumer was started again.
        await queue.SendMessageAsync(message, cancellationToken: Token);
        Assert.Equal("seven succeeded: digit 7 (results/seven/result.json)", (await ConsumeAsync(account)).Trim());
        await queue.SendMessageAsync(message, cancellationToken: Token);
        Assert.Equal("", await ConsumeAsync(account));
        Assert.Null((await queue.PeekMessageAsync(Token)).Value);
    }

    [Fact]
    public async Task AzureCommandLine_UploadOfAFolder_IsAJob()
    {
        var az = FindAz();
        Requirements.Need("azure-cli", az is not null, "install the Azure CLI, for Debian: apt-get install azure-cli.");
        var account = (await azurite.CreateAccountAsync()).ConnectionString;
        await using var service = await ServeAsync(account);

        await using (var upload = Command.StartAny(
            az!, account, _folder,
            "storage", "blob", "upload-batch", "--destination", "uploads/seven", "--source", Path.GetDirectoryName(Sample(Files[0]))!))
        {
            Assert.Contains("picture.png", await upload.FinishAsync(), StringComparison.Ordinal);
        }

        await WaitForMessageAsync(account);
        Assert.Equal("seven succeeded: digit 7 (results/seven/result.json)", (await ConsumeAsync(account)).Trim());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Sample(string file) => Path.Combine(TestPaths.Models, "digits", "samples", "seven-all-agree", file);

    private static string? FindAz()
    {
        var candidates =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            select Path.Combine(folder, OperatingSystem.IsWindows() ? "az.cmd" : "az");
        return candidates.FirstOrDefault(File.Exists);
    }

    private async Task<Command> ServeAsync(string account)
    {
        var service = Command.Start("multimodal", account, _folder, "serve", "--port", "0", "--storage", "azure", "--poll", "0.5", "--models", TestPaths.Models);
        Assert.StartsWith("Listening on", await service.ReadLineAsync(), StringComparison.Ordinal);
        return service;
    }

    private async Task<string> ConsumeAsync(string account)
    {
        await using var consumer = Command.Start("Consume", account, _folder, "--once");
        return await consumer.FinishAsync();
    }

    private static async Task<QueueClient> WaitForMessageAsync(string account)
    {
        var queue = new QueueClient(account, "results", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        for (var i = 0; ; i++)
        {
            if ((await queue.PeekMessageAsync(Token)).Value is not null)
            {
                return queue;
            }

            Assert.True(i < 300, "No result is announced.");
            await Task.Delay(200, Token);
        }
    }
}

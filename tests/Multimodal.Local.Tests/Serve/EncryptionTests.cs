using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Multimodal.Local.Composition;
using Multimodal.Local.Files.Encryption;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Encryption;
using Multimodal.Testing;
using Multimodal.Testing.Azurite;
using Multimodal.Trials.Service;

namespace Multimodal.Local.Tests.Serve;

/// <summary>With one setting nothing that the service stores can be read without the key.</summary>
public sealed class EncryptionTests(AzuriteFixture azurite) : IDisposable
{
    private const string Secret = "planted-secret-4711";
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string KeyPath => Path.Combine(_folder, "keys.json");

    [Fact]
    public async Task Serve_KeyFileAndAFolder_StoresNothingThatCanBeRead()
    {
        await using var storage = new FolderStorage();
        await RunJobAsync(storage);

        var files = Directory.EnumerateFiles(storage.Root, "*", SearchOption.AllDirectories).ToList();
        foreach (var file in files)
        {
            var content = await File.ReadAllBytesAsync(file, Token);
            AssertHoldsNothing(file, content);
            var container = Path.GetRelativePath(storage.Root, file).Split(Path.DirectorySeparatorChar)[0];
            Assert.True(SealedHeader.IsSealed(content) || container is "queues" or ".locks" or ".leases", file);
        }

        Assert.True(files.Count > 12);
    }

    [Fact]
    public async Task Serve_KeyFileAndAnAccount_StoresNothingThatCanBeRead()
    {
        await using var storage = new AccountStorage(await azurite.CreateAccountAsync());
        await RunJobAsync(storage);

        var (service, blobs) = (new BlobServiceClient(storage.ConnectionString), 0);
        await foreach (var container in service.GetBlobContainersAsync(cancellationToken: Token))
        {
            var client = service.GetBlobContainerClient(container.Name);
            await foreach (var blob in client.GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, Token))
            {
                AssertHoldsNothing(blob.Name, (await client.GetBlobClient(blob.Name).DownloadContentAsync(Token)).Value.Content.ToArray());
                AssertHoldsNothing(blob.Name, Encoding.UTF8.GetBytes(string.Join('\n', blob.Metadata.Values)));
                Assert.True(blob.Metadata.ContainsKey("encryptiondata") || container.Name == "leases", blob.Name);
                blobs++;
            }
        }

        Assert.True(blobs > 12);
        var queue = new QueueClient(storage.ConnectionString, Containers.ResultQueue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        foreach (var message in (await queue.PeekMessagesAsync(32, Token)).Value)
        {
            AssertHoldsNothing("message", message.Body.ToArray());
        }
    }

    [Fact]
    public async Task Serve_KeyFileAbsent_IsRefusedAtTheStart()
    {
        await using var storage = new FolderStorage();
        await using var service = Start(storage);

        Assert.Equal(ExitCodes.Usage, await service.WaitAsync(Token));
        Assert.Contains(service.Log, line => line.Contains(KeyPath, StringComparison.Ordinal) && line.Contains("multimodal keys new", StringComparison.Ordinal));
    }

    /// <summary>A host with another key changes nothing, quarantines nothing, gives nothing up; with the key again, all goes on.</summary>
    [Fact]
    public async Task KeyMissing_JobsAndUploads_WaitForItAndLoseNothing()
    {
        var root = Path.Combine(_folder, "storage");
        var other = Path.Combine(_folder, "other.json");
        KeyFile.Extend(KeyPath, DateTimeOffset.UtcNow);
        KeyFile.Extend(other, DateTimeOffset.UtcNow);
        await using (var host = await StartAsync(root, KeyPath))
        {
            Assert.Equal(HttpStatusCode.Accepted, (await host.SubmitAsync("a-job", "abcc")).StatusCode);
            await host.ResultAsync("a-job");
        }

        var before = Snapshot(root);
        await using (var host = await StartAsync(root, other))
        {
            using var asked = await host.SendAsync(HttpMethod.Get, "/api/jobs/a-job");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, asked.StatusCode);
            var problem = await ServeTestHost.ReadAsync(asked);
            Assert.Equal("key-missing", problem.GetProperty("code").GetString());
            Assert.DoesNotContain(other, problem.ToString(), StringComparison.Ordinal);
            using var again = await host.SendAsync(HttpMethod.Post, "/api/jobs/a-job/rerun");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, again.StatusCode);
            host.Drop("a-job/late.txt", "c");
            await Task.Delay(TimeSpan.FromSeconds(3), Token);
        }

        Assert.Equal(before.Order(), Snapshot(root).Where(file => !file.StartsWith("uploads/a-job/late.txt", StringComparison.Ordinal)).Order());
        await using (var host = await StartAsync(root, KeyPath))
        {
            await ServeTestHost.UntilAsync(async () => await host.Get<InputStore>().FindReceiptAsync(JobId.Parse("a-job"), "late.txt", Token) is not null);
            using var again = await host.SendAsync(HttpMethod.Post, "/api/jobs/a-job/rerun");
            Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
            Assert.Equal(["a.txt", "late.txt"], (await host.ResultAsync("a-job", revision: 2)).Inputs.Select(input => input.Name));
        }
    }

    [Fact]
    public async Task SwitchedOn_OverPlainJobs_ReadsThemAndEncryptsWhatComes()
    {
        var root = Path.Combine(_folder, "storage");
        await using (var host = await ServeTestHost.StartAsync(root))
        {
            await host.SubmitAsync("a-job", "abcc");
            await host.ResultAsync("a-job");
        }

        KeyFile.Extend(KeyPath, DateTimeOffset.UtcNow);
        await using (var host = await StartAsync(root, KeyPath))
        {
            using var again = await host.SendAsync(HttpMethod.Post, "/api/jobs/a-job/rerun");
            Assert.Equal(2, (await host.ResultAsync("a-job", revision: 2)).Revision);
            host.Drop("dropped/a.txt", "b");
            await host.ResultAsync("dropped");
        }

        Assert.True(SealedHeader.IsSealed(await File.ReadAllBytesAsync(Path.Combine(root, "results", "a-job", "result.json"), Token)));
        Assert.True(SealedHeader.IsSealed(await File.ReadAllBytesAsync(Path.Combine(root, "results", "dropped", "result.json"), Token)));

        // What people put there themselves is as they put it.
        Assert.Equal("b", await File.ReadAllTextAsync(Path.Combine(root, "uploads", "dropped", "a.txt"), Token));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<ServeTestHost> StartAsync(string root, string keyFile) => ServeTestHost.StartAsync(
        root, configure: services => new MultimodalBuilder(services).UseFileStorage(root, BlobKeys.Open(new EncryptionOptions { KeyFile = keyFile })));

    private ServeProcess Start(ITrialStorage storage) => ServeProcess.Start(
        [.. storage.Arguments, "--models", TestPaths.Models],
        storage.Environment.Append(new KeyValuePair<string, string>("Encryption__KeyFile", KeyPath)));

    private async Task RunJobAsync(ITrialStorage storage)
    {
        KeyFile.Extend(KeyPath, DateTimeOffset.UtcNow);
        await using var service = Start(storage);
        using var client = new HttpClient { BaseAddress = await service.Address };
        using var form = SampleFiles.ReadAll()[0].ToForm("a-job", ServeTestHost.Quick);
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes($"the digit three, {Secret}")), "file", "planted.txt");
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes($"\0\0{Secret}")), "file", "bad.bin");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = form };
        request.Headers.Add("Prefer", "wait=60");
        using var response = await client.SendAsync(request, Token);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token)).RootElement;
        Assert.Equal((HttpStatusCode.OK, "closed"), (response.StatusCode, answer.GetProperty("state").GetString()));

        // It is all there for who has the key.
        Assert.Contains("image", answer.ToString(), StringComparison.Ordinal);
        Assert.Contains("bad.bin", answer.ToString(), StringComparison.Ordinal);
        await service.SignalAsync("TERM");
        await service.WaitAsync(Token);
    }

    private static void AssertHoldsNothing(string name, byte[] content)
    {
        foreach (var planted in new[] { Secret, "\"outcomes\"", "\"label\"", "\"verdicts\":[{", "pipelineDigest" })
        {
            Assert.True(content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(planted)) < 0, $"{name} holds {planted}");
        }

        foreach (var (file, bytes) in SampleFiles.ReadAll()[0].Files)
        {
            Assert.True(content.AsSpan().IndexOf(bytes.AsSpan()[..Math.Min(bytes.Length, 40)]) < 0, $"{name} holds {file}");
        }
    }

    private static List<string> Snapshot(string root) =>
    [
        .. from file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
           let name = Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/')
           where !name.StartsWith('.')
           select $"{name}: {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}",
    ];
}

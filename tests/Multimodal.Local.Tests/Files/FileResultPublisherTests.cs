using Multimodal.Local.Files;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Local.Tests.Files;

public sealed class FileResultPublisherTests : ResultPublisherConformance, IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    public FileResultPublisherTests() => Publisher = new FileResultPublisher(_root);

    protected override IResultPublisher Publisher { get; }

    [Fact]
    public async Task Publish_SameMessageAgain_IsTheSameFile()
    {
        await Publisher.PublishAsync(Message("a-job/1"), Token);
        await Publisher.PublishAsync(Message("a-job/1"), Token);

        Assert.Single(await ConsumeAsync());
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    protected override async Task<IReadOnlyList<byte[]>> ConsumeAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_root, "queues", Containers.ResultQueue)).FullName;
        var messages = new List<byte[]>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json"))
        {
            messages.Add(await File.ReadAllBytesAsync(file, Token));
            File.Delete(file);
        }

        return messages;
    }
}

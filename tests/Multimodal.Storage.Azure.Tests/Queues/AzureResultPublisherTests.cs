using System.Text;
using Azure.Storage.Queues;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Queues;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;

namespace Multimodal.Storage.Azure.Tests.Queues;

public sealed class AzureResultPublisherTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_MessageText_IsBase64OfItsContent()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        await new AzureResultPublisher(storage.Clients.Results, TimeSpan.FromDays(7)).PublishAsync(new ResultMessage("a-job/1", "{\"id\":1}"u8.ToArray()), Token);

        var plain = new QueueClient(storage.Account.ConnectionString, Containers.ResultQueue);
        var message = (await plain.ReceiveMessageAsync(cancellationToken: Token)).Value;

        Assert.Equal("{\"id\":1}", Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)));
    }

    [Fact]
    public async Task Publish_LargestMessage_ArrivesAndALargerOneIsRefused()
    {
        var storage = await TestStorage.CreateAsync(azurite);
        var publisher = new AzureResultPublisher(storage.Clients.Results, TimeSpan.FromDays(7));
        Assert.Equal(48 * 1024, publisher.MaximumBytes);

        await publisher.PublishAsync(new ResultMessage("a-job/1", new byte[publisher.MaximumBytes]), Token);
        var refused = await Assert.ThrowsAsync<ResultMessageTooLargeException>(async () =>
            await publisher.PublishAsync(new ResultMessage("a-job/2", new byte[publisher.MaximumBytes + 1]), Token));

        Assert.Equal(("a-job/2", publisher.MaximumBytes + 1, publisher.MaximumBytes), (refused.MessageId, refused.Length, refused.Maximum));
        Assert.Equal(publisher.MaximumBytes, Assert.Single(await storage.ConsumeResultsAsync()).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public async Task Publish_TimeToLive_IsTheMessages(int days)
    {
        var storage = await TestStorage.CreateAsync(azurite);

        await new AzureResultPublisher(storage.Clients.Results, TimeSpan.FromDays(days)).PublishAsync(new ResultMessage("a-job/1", "{}"u8.ToArray()), Token);

        var message = (await storage.Clients.Results.PeekMessageAsync(Token)).Value;
        Assert.Equal(TimeSpan.FromDays(days), message.ExpiresOn - message.InsertedOn);
    }

    [Fact]
    public async Task Publish_InfiniteTimeToLive_NeverExpires()
    {
        var storage = await TestStorage.CreateAsync(azurite);

        await new AzureResultPublisher(storage.Clients.Results, Timeout.InfiniteTimeSpan).PublishAsync(new ResultMessage("a-job/1", "{}"u8.ToArray()), Token);

        var message = (await storage.Clients.Results.PeekMessageAsync(Token)).Value;
        Assert.True(message.ExpiresOn > DateTimeOffset.UtcNow.AddYears(100), $"It expires on {message.ExpiresOn}.");
    }
}

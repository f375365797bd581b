using System.Text;
using System.Text.Json;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Testing.Storage;

/// <summary>What every <see cref="IResultPublisher"/> does alike: a subclass for each adapter.</summary>
public abstract class ResultPublisherConformance
{
    /// <summary>The publisher under test; a test's queue is empty at its beginning.</summary>
    protected abstract IResultPublisher Publisher { get; }

    /// <summary>The contents of the messages that wait on the queue, as a consumer gets them, in any order; they are then gone.</summary>
    protected abstract Task<IReadOnlyList<byte[]>> ConsumeAsync();

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_NothingYet_QueueIsEmpty() => Assert.Empty(await ConsumeAsync());

    [Fact]
    public async Task Publish_Message_ArrivesByteForByte()
    {
        var message = Message("a-job/1", "<ünïcödé & \"quotes\" 数字 \\u0001>\t");

        await Publisher.PublishAsync(message, Token);

        Assert.Equal(message.Content.ToArray(), Assert.Single(await ConsumeAsync()));
        Assert.Empty(await ConsumeAsync());
    }

    [Fact]
    public async Task Publish_SeveralMessages_AllArrive()
    {
        string[] ids = ["a-job/1", "a-job/2", "a-job_1/1", "another.job/1"];
        foreach (var id in ids)
        {
            await Publisher.PublishAsync(Message(id), Token);
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), (await ConsumeAsync()).Select(IdOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Publish_SameMessageAgain_ArrivesUnderOneId()
    {
        for (var i = 0; i < 3; i++)
        {
            await Publisher.PublishAsync(Message("a-job/1"), Token);
        }

        var arrived = await ConsumeAsync();
        Assert.InRange(arrived.Count, 1, 3);
        Assert.Equal("a-job/1", Assert.Single(arrived.Select(IdOf).Distinct()));
    }

    [Fact]
    public async Task Publish_ManyAtOnce_AllArrive()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(revision =>
            Task.Run(async () => await Publisher.PublishAsync(Message($"a-job/{revision}"), Token))));

        Assert.Equal(20, (await ConsumeAsync()).Select(IdOf).Distinct().Count());
    }

    protected static ResultMessage Message(string id, string text = "") =>
        new(id, Encoding.UTF8.GetBytes($$"""{"specversion":"1.0","id":"{{id}}","data":{{JsonSerializer.Serialize(text)}}}"""));

    private static string? IdOf(byte[] content) => JsonDocument.Parse(content).RootElement.GetProperty("id").GetString();
}

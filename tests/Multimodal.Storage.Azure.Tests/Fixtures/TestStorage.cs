using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Testing.Azurite;

namespace Multimodal.Storage.Azure.Tests.Fixtures;

/// <summary>An account of a test's own, with everything created in it.</summary>
internal sealed record TestStorage(AzuriteAccount Account, AzureStorageClients Clients)
{
    public static async ValueTask<TestStorage> CreateAsync(AzuriteFixture azurite)
    {
        var storage = await CreateBareAsync(azurite);
        await new AzureStorageProvisioner(storage.Clients).EnsureCreatedAsync(TestContext.Current.CancellationToken);
        return storage;
    }

    /// <summary>An account with nothing in it, no containers either.</summary>
    public static async ValueTask<TestStorage> CreateBareAsync(AzuriteFixture azurite)
    {
        var account = await azurite.CreateAccountAsync();
        return new TestStorage(account, AzureStorageClients.Create(OptionsOf(account)));
    }

    public static AzureStorageOptions OptionsOf(AzuriteAccount account) => new() { ConnectionString = account.ConnectionString };

    /// <summary>The blob service by a client whose requests go through a policy, each time that they are sent unless said otherwise.</summary>
    public BlobServiceClient BlobsThrough(HttpPipelinePolicy policy, HttpPipelinePosition position = HttpPipelinePosition.PerRetry)
    {
        var options = new BlobClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(1) } };
        options.AddPolicy(policy, position);
        return new BlobServiceClient(Account.ConnectionString, options);
    }

    /// <summary>The contents of the messages on the queue of results, which are then gone.</summary>
    public async Task<IReadOnlyList<byte[]>> ConsumeResultsAsync()
    {
        var token = TestContext.Current.CancellationToken;
        var contents = new List<byte[]>();
        while ((await Clients.Results.ReceiveMessagesAsync(maxMessages: 32, cancellationToken: token)).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                contents.Add(message.Body.ToArray());
                await Clients.Results.DeleteMessageAsync(message.MessageId, message.PopReceipt, token);
            }
        }

        return contents;
    }
}

namespace Multimodal.Testing.Azurite;

/// <summary>A storage account of a running Azurite that nobody else uses.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">Its key, made up for this run.</param>
/// <param name="BlobEndpoint">Where its blob service listens.</param>
/// <param name="QueueEndpoint">Where its queue service listens.</param>
/// <param name="TableEndpoint">Where its table service listens.</param>
public sealed record AzuriteAccount(string Name, string Key, Uri BlobEndpoint, Uri QueueEndpoint, Uri TableEndpoint)
{
    /// <summary>What clients, and a Functions host, take.</summary>
    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};"
        + $"BlobEndpoint={BlobEndpoint};QueueEndpoint={QueueEndpoint};TableEndpoint={TableEndpoint};";
}

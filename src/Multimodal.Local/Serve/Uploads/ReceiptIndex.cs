using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve.Uploads;

/// <summary>
/// The receipts that a service finds at its start, so that it takes in what is new before it looks at each of very many old ones.
/// </summary>
internal sealed class ReceiptIndex(IReadOnlyDictionary<string, DateTimeOffset> receipts, bool timesTell)
{
    /// <summary>Knows of none.</summary>
    public static ReceiptIndex Empty { get; } = new(new Dictionary<string, DateTimeOffset>(), timesTell: false);

    /// <param name="store">The store.</param>
    /// <param name="timesTell">Whether the times of uploads are the storage's own.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public static async Task<ReceiptIndex> ReadAsync(IBlobStore store, bool timesTell, CancellationToken cancellationToken) => new(
        await store.ListAsync(Containers.Inputs, "", cancellationToken).ToDictionaryAsync(
            entry => entry.Path.Name, entry => entry.LastModified, StringComparer.Ordinal, cancellationToken: cancellationToken),
        timesTell);

    /// <summary>Whether there is a receipt of some version of an upload.</summary>
    public bool Holds(BlobEntry upload) => receipts.ContainsKey(NameOf(upload));

    /// <summary>Whether there is one that must be of this version. Times have whole seconds, within which a version can be replaced.</summary>
    public bool IsNewer(BlobEntry upload) =>
        timesTell && receipts.TryGetValue(NameOf(upload), out var written) && written > upload.LastModified;

    private static string NameOf(BlobEntry upload) => $"{upload.Path.Name}.json";
}

using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Core.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Storage.Azure.Blobs;

/// <summary>
/// Blobs as block blobs of a storage account, in private containers that exist already. With keys, what is written is encrypted by the
/// client library itself before it leaves the process (version 2: AES-GCM in regions of 4 MiB); plain blobs are read beside encrypted ones.
/// </summary>
internal sealed class AzureBlobStore(BlobServiceClient service, BlobKeys? keys = null) : IBlobStore, IEncryptedBlobs
{
    private const string WriteIdKey = "writeid";
    private static readonly TimeSpan CopyPoll = TimeSpan.FromMilliseconds(200);

    public async ValueTask<BlobEntry?> FindAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        try
        {
            var properties = (await BlobOf(path).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return new BlobEntry(
                path, Bare(properties.ETag), EncryptionMark.PlainLength(properties.ContentLength, properties.Metadata), properties.LastModified);
        }
        catch (RequestFailedException e) when (e.IsBlobMissing())
        {
            return null;
        }
    }

    public async ValueTask<StoredBlob?> ReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        var blob = keys is null ? BlobOf(path) : BlobOf(path).WithClientSideEncryptionOptions(Decryption(keys));
        while (true)
        {
            try
            {
                var download = (await blob.DownloadContentAsync(cancellationToken)).Value;
                ThrowIfUnreadable(download.Details.Metadata);
                return new StoredBlob(download.Content.ToMemory(), Bare(download.Details.ETag));
            }
            catch (RequestFailedException e) when (e.IsBlobMissing())
            {
                return null;
            }
            catch (RequestFailedException e) when (e.IsOtherVersion())
            {
                // The connection broke midway, and when the client went on, another version was there.
            }
            catch (CryptographicException e)
            {
                throw new BlobDamagedException(path, "it does not fit its key", e);
            }
        }
    }

    public async ValueTask<string?> WriteAsync(
        BlobPath path, ReadOnlyMemory<byte> content, WriteCondition condition = default, CancellationToken cancellationToken = default)
    {
        var blob = keys is null
            ? BlobOf(path)
            : BlobOf(path).WithClientSideEncryptionOptions(Encryption(keys, await keys.GetCurrentAsync(cancellationToken)));
        var options = new BlobUploadOptions
        {
            Conditions = ToConditions(condition),
            HttpHeaders = new BlobHttpHeaders { ContentType = ContentTypeOf(path) },
        };
        if (options.Conditions is null)
        {
            return Bare((await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellationToken)).Value.ETag);
        }

        var writeId = Guid.NewGuid().ToString("n");
        options.Metadata = new Dictionary<string, string> { [WriteIdKey] = writeId };
        try
        {
            return Bare((await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellationToken)).Value.ETag);
        }
        catch (RequestFailedException e) when (e.IsConditionFailed())
        {
            return await FindOwnWriteAsync(blob, writeId, cancellationToken);
        }
    }

    public async IAsyncEnumerable<BlobEntry> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // The service lists in ordinal order.
        var items = service.GetBlobContainerClient(container).GetBlobsAsync(OptionsOf(prefix), cancellationToken);
        await foreach (var item in items)
        {
            yield return Describe(container, item);
        }
    }

    public async ValueTask<BlobPage> ListPageAsync(
        string container, string prefix, string? continuation, int count, CancellationToken cancellationToken = default)
    {
        var pages = service.GetBlobContainerClient(container)
            .GetBlobsAsync(OptionsOf(prefix), cancellationToken)
            .AsPages(continuation, count);
        await foreach (var page in pages.WithCancellation(cancellationToken))
        {
            return new BlobPage(
                [.. page.Values.Select(item => Describe(container, item))],
                string.IsNullOrEmpty(page.ContinuationToken) ? null : page.ContinuationToken);
        }

        return new BlobPage([], null);
    }

    /// <inheritdoc/>
    /// <remarks>The service copies within an account by itself, with the rights that the client has there; no content comes here unless it is
    /// to be encrypted.</remarks>
    public async ValueTask<CopyOutcome> CopyIfAbsentAsync(BlobPath source, BlobPath destination, CancellationToken cancellationToken = default)
    {
        if (keys is not null)
        {
            return await IBlobStore.CopyByReadingAsync(this, source, destination, cancellationToken);
        }

        var blob = BlobOf(destination);
        var options = new BlobCopyFromUriOptions { DestinationConditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
        try
        {
            var copy = await blob.StartCopyFromUriAsync(BlobOf(source).Uri, options, cancellationToken);
            await AwaitCopyAsync(blob, copy.HasCompleted, cancellationToken);
            return CopyOutcome.Copied;
        }
        catch (RequestFailedException e) when (e.IsBlobMissing())
        {
            return CopyOutcome.SourceMissing;
        }
        catch (RequestFailedException e) when (e.IsConditionFailed() || e.ErrorCode == BlobErrorCode.PendingCopyOperation)
        {
            // Perhaps by a process that died while the service was still copying.
            await AwaitCopyAsync(blob, completed: false, cancellationToken);
            return CopyOutcome.Exists;
        }
    }

    public async ValueTask<bool> DeleteAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        try
        {
            // A blob with snapshots, which others may have made, cannot be deleted without them.
            await BlobOf(path).DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.IsBlobMissing())
        {
            return false;
        }
    }

    /// <summary>A blob's metadata belong to its version.</summary>
    public bool KeepsVersions => false;

    public async ValueTask<(bool Exists, string? KeyId)> FindKeyAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        try
        {
            var properties = (await BlobOf(path).GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return (true, EncryptionMark.FindKey(properties.Metadata) is { } keyId ? keys?.NameOf(keyId) ?? keyId : null);
        }
        catch (RequestFailedException e) when (e.IsBlobMissing())
        {
            return (false, null);
        }
    }

    public async ValueTask<bool> RewrapAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        if (keys is null)
        {
            return false;
        }

        var current = await keys.GetCurrentAsync(cancellationToken);
        if ((await FindKeyAsync(path, cancellationToken)).KeyId is not { } keyId || keyId == keys.NameOf(current.KeyId))
        {
            return false;
        }

        try
        {
            await BlobOf(path).UpdateClientSideKeyEncryptionKeyAsync(Encryption(keys, current), cancellationToken: cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.IsBlobMissing() || e.IsOtherVersion())
        {
            return false;
        }
    }

    private static ClientSideEncryptionOptions Decryption(BlobKeys keys) => new(ClientSideEncryptionVersion.V2_0) { KeyResolver = keys };

    private static ClientSideEncryptionOptions Encryption(BlobKeys keys, IKeyEncryptionKey current) => new(ClientSideEncryptionVersion.V2_0)
    {
        KeyEncryptionKey = current,
        KeyResolver = keys,
        KeyWrapAlgorithm = BlobKeys.WrapAlgorithm,
    };

    private void ThrowIfUnreadable(IDictionary<string, string> metadata)
    {
        if (keys is null && EncryptionMark.FindKey(metadata) is { } keyId)
        {
            throw new BlobKeyException(keyId, "is not at hand, for none is set", "Set Encryption:KeyFile or Encryption:KeyVaultKey to what holds it.");
        }
    }

    // Where the answer to a write was lost, the client wrote again and was refused for what it had written itself.
    private static async ValueTask<string?> FindOwnWriteAsync(BlobClient blob, string writeId, CancellationToken cancellationToken)
    {
        try
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            return properties.Metadata.TryGetValue(WriteIdKey, out var stored) && stored == writeId ? Bare(properties.ETag) : null;
        }
        catch (RequestFailedException e) when (e.IsBlobMissing())
        {
            return null;
        }
    }

    private static async Task AwaitCopyAsync(BlobClient blob, bool completed, CancellationToken cancellationToken)
    {
        while (!completed)
        {
            var properties = (await blob.GetPropertiesAsync(cancellationToken: cancellationToken)).Value;
            completed = properties.BlobCopyStatus is null or CopyStatus.Success;
            if (properties.BlobCopyStatus is CopyStatus.Failed or CopyStatus.Aborted)
            {
                // What is there is empty, and stands in the way of another attempt.
                await blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
                throw new IOException($"The storage account could not copy '{blob.Name}': {properties.CopyStatusDescription}");
            }

            if (!completed)
            {
                await Task.Delay(CopyPoll, cancellationToken);
            }
        }
    }

    private GetBlobsOptions OptionsOf(string prefix) =>
        new() { Prefix = prefix, Traits = keys is null ? BlobTraits.None : BlobTraits.Metadata };

    private static BlobEntry Describe(string container, BlobItem item) => new(
        new BlobPath(container, item.Name),
        Bare(item.Properties.ETag!.Value),
        EncryptionMark.PlainLength(item.Properties.ContentLength!.Value, item.Metadata),
        item.Properties.LastModified!.Value);

    private BlobClient BlobOf(BlobPath path) =>
        // In an address such parts mean folders: another blob than the named one would be reached.
        path.Name.Split('/').Any(part => part is "." or "..")
            ? throw new ArgumentException($"'{path}' cannot be a blob of a storage account: a part of its name is '.' or '..'.", nameof(path))
            : service.GetBlobContainerClient(path.Container).GetBlobClient(path.Name);

    private static BlobRequestConditions? ToConditions(WriteCondition condition) => condition switch
    {
        { MustBeAbsent: true } => new BlobRequestConditions { IfNoneMatch = ETag.All },
        { ETag: { } eTag } => new BlobRequestConditions { IfMatch = new ETag(eTag) },
        _ => null,
    };

    private static string ContentTypeOf(BlobPath path) =>
        path.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? "application/json" : "application/octet-stream";

    // Headers quote an ETag, listings do not.
    private static string Bare(ETag eTag) => eTag.ToString().Trim('"');
}

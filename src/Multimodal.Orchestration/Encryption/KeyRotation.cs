using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Encryption;

/// <summary>Brings what is stored to the current key, while hosts are at work or not. Repeated it is harmless.</summary>
public sealed class KeyRotation(IBlobStore store, IEncryptedBlobs keys)
{
    /// <summary>
    /// Wraps the keys of encrypted blobs with the current one, and encrypts plain blobs but for uploads, which are as they were sent. The
    /// uploads of a store where that makes another version of them keep their key too: a version is an input's identity.
    /// </summary>
    public async Task<KeyRotationReport> RunAsync(CancellationToken cancellationToken)
    {
        var report = new KeyRotationReport(0, 0, 0, 0);
        foreach (var container in Containers.All)
        {
            await foreach (var entry in store.ListAsync(container, "", cancellationToken))
            {
                report = await RotateAsync(report, entry.Path, cancellationToken);
            }
        }

        return report;
    }

    /// <summary>How many blobs each key encrypts, by container.</summary>
    public async Task<IReadOnlyList<KeyUse>> CountAsync(CancellationToken cancellationToken)
    {
        var uses = new List<KeyUse>();
        foreach (var container in Containers.All)
        {
            var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
            await foreach (var entry in store.ListAsync(container, "", cancellationToken))
            {
                if (await keys.FindKeyAsync(entry.Path, cancellationToken) is { Exists: true } found)
                {
                    counts[found.KeyId ?? ""] = counts.GetValueOrDefault(found.KeyId ?? "") + 1;
                }
            }

            uses.AddRange(counts.Select(count => new KeyUse(container, count.Key.Length == 0 ? null : count.Key, count.Value)));
        }

        return uses;
    }

    private async Task<KeyRotationReport> RotateAsync(KeyRotationReport report, BlobPath path, CancellationToken cancellationToken)
    {
        var isUpload = path.Container == Containers.Uploads;
        if (isUpload && !keys.KeepsVersions)
        {
            return report with { Left = report.Left + 1 };
        }

        try
        {
            var (exists, keyId) = await keys.FindKeyAsync(path, cancellationToken);
            return !exists ? report
                : keyId is not null && await keys.RewrapAsync(path, cancellationToken) ? report with { Rewrapped = report.Rewrapped + 1 }
                : keyId is null && !isUpload && await EncryptAsync(path, cancellationToken) ? report with { Encrypted = report.Encrypted + 1 }
                : report with { Left = report.Left + 1 };
        }
        catch (BlobKeyException)
        {
            return report with { Unreadable = report.Unreadable + 1 };
        }
    }

    // Only over what was read: what a host writes meanwhile is encrypted already.
    private async Task<bool> EncryptAsync(BlobPath path, CancellationToken cancellationToken) =>
        await store.ReadAsync(path, cancellationToken) is { } blob
        && await store.WriteAsync(path, blob.Content, WriteCondition.IfMatch(blob.ETag), cancellationToken) is not null
        && (await keys.FindKeyAsync(path, cancellationToken)).KeyId is not null;
}

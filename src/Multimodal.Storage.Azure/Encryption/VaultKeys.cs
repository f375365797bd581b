using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure.Core.Cryptography;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>
/// Keys that a vault guards. A vault takes some milliseconds for each request, and a bounded number of them, where a job touches dozens
/// of blobs; so the vault wraps one key for each process and day, and that one wraps the keys of blobs.
/// </summary>
internal sealed class VaultKeys(KeyVaultClient vault, KeyFileKeys? file, TimeProvider? time = null) : BlobKeys, IDisposable
{
    private const int MostKept = 1024;
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SemaphoreSlim _making = new(1, 1);
    private readonly ConcurrentDictionary<string, AesWrapKey> _unwrapped = new(StringComparer.Ordinal);
    private (AesWrapKey Key, DateTimeOffset Until)? _current;

    public override async ValueTask<IKeyEncryptionKey> GetCurrentAsync(CancellationToken cancellationToken = default)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            if (_current is not { } current || current.Until <= _time.GetUtcNow())
            {
                var key = RandomNumberGenerator.GetBytes(AesWrapKey.Bytes);
                var id = (await vault.WrapAsync(key, cancellationToken)).ToString();
                current = (new AesWrapKey(id, key, $"the vault's key {vault.Name}"), _time.GetUtcNow() + Lifetime);
                _current = current;
                Keep(current.Key);
            }

            return current.Key;
        }
        finally
        {
            _making.Release();
        }
    }

    public override async Task<IKeyEncryptionKey> ResolveAsync(string keyId, CancellationToken cancellationToken = default)
    {
        if (_unwrapped.TryGetValue(keyId, out var known))
        {
            return known;
        }

        if (VaultKeyId.TryParse(keyId) is not { } wrapped)
        {
            return file is not null
                ? await file.ResolveAsync(keyId, cancellationToken)
                : throw new BlobKeyException(keyId, "is of a key file, and none is set", "Set Encryption:KeyFile to the file that holds it, beside Encryption:KeyVaultKey.");
        }

        // Asked of the vault that is set alone: what lies beside a blob is no reason to show our token to another.
        if (!vault.IsOfVault(wrapped.Vault))
        {
            throw new BlobKeyException(wrapped.Vault, "is of another vault than the one that is set", $"Set Encryption:KeyVaultKey to a key of its vault; now it is {vault.Name}.");
        }

        var key = new AesWrapKey(keyId, await vault.UnwrapAsync(wrapped, cancellationToken), $"the vault's key {wrapped.Vault}");
        Keep(key);
        return key;
    }

    public override string NameOf(string keyId) => VaultKeyId.TryParse(keyId)?.Vault ?? keyId;

    public void Dispose() => _making.Dispose();

    // Bounded: what is forgotten is asked of the vault again.
    private void Keep(AesWrapKey key)
    {
        if (_unwrapped.Count >= MostKept)
        {
            _unwrapped.Clear();
        }

        _unwrapped[key.KeyId] = key;
    }
}

using Azure.Core.Cryptography;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>The keys of a key file, as it was when the process began.</summary>
internal sealed class KeyFileKeys(string path, KeyFile file) : BlobKeys
{
    private readonly Dictionary<string, AesWrapKey> _keys =
        file.Keys.ToDictionary(entry => entry.Id, entry => new AesWrapKey(entry.Id, entry.Key, $"the key file '{path}'"), StringComparer.Ordinal);

    public bool Holds(string keyId) => _keys.ContainsKey(keyId);

    public override ValueTask<IKeyEncryptionKey> GetCurrentAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IKeyEncryptionKey>(_keys[file.Current]);

    public override Task<IKeyEncryptionKey> ResolveAsync(string keyId, CancellationToken cancellationToken = default) =>
        _keys.TryGetValue(keyId, out var key)
            ? Task.FromResult<IKeyEncryptionKey>(key)
            : Task.FromException<IKeyEncryptionKey>(new BlobKeyException(
                NameOf(keyId), $"is not in the key file '{path}'", "Put it back into that file, or set the file or the vault that holds it, and start again."));

    public override string NameOf(string keyId) => VaultKeyId.TryParse(keyId)?.Vault ?? keyId;
}

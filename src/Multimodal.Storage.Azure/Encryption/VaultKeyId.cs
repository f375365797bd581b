using System.Buffers.Text;

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>
/// What is kept beside a blob whose key a vault guards: the vault's key, and behind '#' the key that it wrapped for the process that wrote
/// the blob. So a process asks the vault once for all that another wrote, not once for each blob.
/// </summary>
/// <param name="Vault">The address of the vault's key, its version included.</param>
/// <param name="Wrapped">The process's key, wrapped by the vault.</param>
internal sealed record VaultKeyId(string Vault, byte[] Wrapped)
{
    private const char Separator = '#';

    public static VaultKeyId? TryParse(string keyId)
    {
        var separator = keyId.IndexOf(Separator, StringComparison.Ordinal);
        return separator > 0 && Base64Url.IsValid(keyId.AsSpan(separator + 1))
            ? new VaultKeyId(keyId[..separator], Base64Url.DecodeFromChars(keyId.AsSpan(separator + 1)))
            : null;
    }

    public override string ToString() => $"{Vault}{Separator}{Base64Url.EncodeToString(Wrapped)}";
}

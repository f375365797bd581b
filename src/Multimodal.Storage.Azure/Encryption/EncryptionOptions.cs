namespace Multimodal.Storage.Azure.Encryption;

/// <summary>
/// With which keys everything is encrypted before it leaves the process. Nothing is where neither is set. Where both are, the key of the
/// vault encrypts, and those of the file are for what they encrypted before.
/// </summary>
public sealed record EncryptionOptions
{
    /// <summary>The path of a key file, as <c>multimodal keys new</c> makes it.</summary>
    public string? KeyFile { get; init; }

    /// <summary>
    /// The address of an RSA key in Azure Key Vault or a managed HSM, <c>https://{vault}/keys/{name}</c>; with a version behind it that
    /// version encrypts, else the newest. The identity needs the role <c>Key Vault Crypto User</c>.
    /// </summary>
    public Uri? KeyVaultKey { get; init; }

    /// <summary>Whether anything is to be encrypted.</summary>
    public bool IsOn => !string.IsNullOrEmpty(KeyFile) || KeyVaultKey is not null;
}

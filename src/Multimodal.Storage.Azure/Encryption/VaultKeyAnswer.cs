namespace Multimodal.Storage.Azure.Encryption;

/// <summary>What a vault tells of a key.</summary>
internal sealed record VaultKeyAnswer(VaultKeyAnswer.VaultKey Key)
{
    /// <param name="Kid">The key's address with its version.</param>
    /// <param name="Kty">Its type.</param>
    internal sealed record VaultKey(string Kid, string Kty);
}

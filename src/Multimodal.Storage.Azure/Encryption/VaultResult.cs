namespace Multimodal.Storage.Azure.Encryption;

/// <summary>What a vault made of a key.</summary>
/// <param name="Kid">The address of the vault's key, its version included.</param>
/// <param name="Value">The key, in Base64 for addresses.</param>
internal sealed record VaultResult(string Kid, string Value);

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>What a vault is asked to do.</summary>
/// <param name="Alg">The algorithm.</param>
/// <param name="Value">The key, in Base64 for addresses.</param>
internal sealed record VaultOperation(string Alg, string Value);

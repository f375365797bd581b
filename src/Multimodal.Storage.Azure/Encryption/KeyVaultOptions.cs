using Azure.Core;

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>How a key vault is reached.</summary>
internal sealed class KeyVaultOptions : ClientOptions;

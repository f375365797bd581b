using System.Text.Json;
using System.Text.Json.Serialization;

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>Key files, and what a key vault answers, as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(KeyFile))]
[JsonSerializable(typeof(VaultKeyAnswer))]
[JsonSerializable(typeof(VaultOperation))]
[JsonSerializable(typeof(VaultResult))]
internal sealed partial class EncryptionJson : JsonSerializerContext;

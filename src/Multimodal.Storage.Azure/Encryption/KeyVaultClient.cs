using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>
/// A key of Azure Key Vault or a managed HSM, by the service's REST interface: its own client library is not served by every feed, and
/// three operations are all that is needed. The key never leaves the vault.
/// </summary>
internal sealed class KeyVaultClient
{
    private const string ApiVersion = "7.4";

    // RSA with OAEP and SHA-256, which every RSA key of a vault can do.
    private const string Algorithm = "RSA-OAEP-256";

    private readonly Uri _key;
    private readonly HttpPipeline _pipeline;

    /// <param name="key">The key's address, with a version or without.</param>
    /// <param name="credential">Who asks.</param>
    /// <param name="options">How it is reached.</param>
    public KeyVaultClient(Uri key, TokenCredential credential, KeyVaultOptions? options = null)
    {
        if (key is not { IsAbsoluteUri: true } || key.Scheme != Uri.UriSchemeHttps || key.Segments is not ["/", "keys/", _] and not ["/", "keys/", _, _])
        {
            throw BlobKeys.Invalid($"Encryption:KeyVaultKey is '{key}', which is no address of a key: it is https://VAULT/keys/NAME, or https://VAULT/keys/NAME/VERSION.");
        }

        _key = key;

        // The token is for the service, not for one vault: vault.azure.net, or that of another cloud.
        var service = key.Host[(key.Host.IndexOf('.', StringComparison.Ordinal) + 1)..];
        _pipeline = HttpPipelineBuilder.Build(options ?? new KeyVaultOptions(), new BearerTokenAuthenticationPolicy(credential, $"https://{service}/.default"));
    }

    /// <summary>The key's address, as it was given.</summary>
    public string Name => _key.AbsoluteUri.TrimEnd('/');

    /// <summary>Whether an address is that of a version of a key in the same vault, so that this may ask for it.</summary>
    public bool IsOfVault(string keyId) => Uri.TryCreate(keyId, UriKind.Absolute, out var other) && other.Scheme == _key.Scheme && other.Authority == _key.Authority;

    /// <summary>Wraps a key with the vault's, of the given version or of the newest.</summary>
    public async Task<VaultKeyId> WrapAsync(ReadOnlyMemory<byte> key, CancellationToken cancellationToken)
    {
        var address = _key.Segments.Length == 4
            ? Name
            : (await SendAsync(RequestMethod.Get, Name, null, EncryptionJson.Default.VaultKeyAnswer, cancellationToken)).Key.Kid;
        var result = await OperateAsync(address, "wrapkey", key, cancellationToken);
        return new VaultKeyId(address, Decode(result.Value));
    }

    /// <summary>Unwraps a key that the vault wrapped.</summary>
    public async Task<byte[]> UnwrapAsync(VaultKeyId keyId, CancellationToken cancellationToken) =>
        Decode((await OperateAsync(keyId.Vault, "unwrapkey", keyId.Wrapped, cancellationToken)).Value);

    private Task<VaultResult> OperateAsync(string key, string operation, ReadOnlyMemory<byte> value, CancellationToken cancellationToken) => SendAsync(
        RequestMethod.Post,
        $"{key}/{operation}",
        JsonSerializer.SerializeToUtf8Bytes(new VaultOperation(Algorithm, Base64Url.EncodeToString(value.Span)), EncryptionJson.Default.VaultOperation),
        EncryptionJson.Default.VaultResult,
        cancellationToken);

    private async Task<T> SendAsync<T>(RequestMethod method, string address, byte[]? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = method;
        message.Request.Uri.Reset(new Uri(address));
        message.Request.Uri.AppendQuery("api-version", ApiVersion);
        message.Request.Headers.Add(HttpHeader.Names.Accept, "application/json");
        if (content is not null)
        {
            message.Request.Headers.Add(HttpHeader.Names.ContentType, "application/json");
            message.Request.Content = RequestContent.Create(content);
        }

        try
        {
            await _pipeline.SendAsync(message, cancellationToken);
            return message.Response.IsError
                ? throw Refused(address, $"was refused by its vault ({message.Response.Status})", new RequestFailedException(message.Response))
                : JsonSerializer.Deserialize(message.Response.Content, type) ?? throw new JsonException("The vault answered null.");
        }
        catch (Exception e) when (e is not OperationCanceledException and not BlobKeyException)
        {
            throw Refused(address, "could not be asked of its vault", e);
        }
    }

    private BlobKeyException Refused(string address, string fault, Exception e) => new(
        address.Split("/wrapkey")[0].Split("/unwrapkey")[0],
        fault,
        $"See that {Name} exists and is enabled, that its vault is reached, and that the identity has the role Key Vault Crypto User.",
        e);

    private static byte[] Decode(string value) => Base64Url.DecodeFromChars(value);
}

using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Storage.Azure.Tests.Encryption;

/// <summary>A key vault as far as keys are wrapped: real RSA, answers of the form that the service's REST interface has.</summary>
internal sealed class FakeVault : HttpMessageHandler
{
    public const string Key = "https://a-vault.vault.azure.net/keys/blobs";
    private readonly List<RSA> _versions = [RSA.Create(2048)];

    /// <summary>What was asked, without the host.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Whether it refuses everything.</summary>
    public bool Refuses { get; set; }

    /// <summary>The scopes that tokens were asked for.</summary>
    public List<string> Scopes { get; } = [];

    public void Rotate() => _versions.Add(RSA.Create(2048));

    public KeyVaultClient CreateClient(string key = Key)
    {
        var options = new KeyVaultOptions { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)) };
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        return new KeyVaultClient(new Uri(key), new Credential(this), options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        Requests.Add($"{request.Method} {path}");
        Assert.Equal("?api-version=7.4", request.RequestUri.Query);
        Assert.Equal("Bearer a-token", request.Headers.Authorization!.ToString());
        if (Refuses)
        {
            return Answer(HttpStatusCode.Forbidden, """{ "error": { "code": "Forbidden", "message": "no" } }""");
        }

        if (request.Method == HttpMethod.Get)
        {
            return Answer(HttpStatusCode.OK, $$"""{ "key": { "kid": "{{Key}}/v{{_versions.Count}}", "kty": "RSA", "n": "…" }, "attributes": { "enabled": true } }""");
        }

        var parts = path.Split('/');
        var version = _versions[int.Parse(parts[3][1..], System.Globalization.CultureInfo.InvariantCulture) - 1];
        using var asked = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
        Assert.Equal("RSA-OAEP-256", asked.RootElement.GetProperty("alg").GetString());
        var value = Base64Url.DecodeFromChars(asked.RootElement.GetProperty("value").GetString());
        var result = parts[4] == "wrapkey" ? version.Encrypt(value, RSAEncryptionPadding.OaepSHA256) : version.Decrypt(value, RSAEncryptionPadding.OaepSHA256);
        return Answer(HttpStatusCode.OK, $$"""{ "kid": "{{Key}}/{{parts[3]}}", "value": "{{Base64Url.EncodeToString(result)}}" }""");
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string json) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    private sealed class Credential(FakeVault vault) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            vault.Scopes.AddRange(requestContext.Scopes);
            return new AccessToken("a-token", DateTimeOffset.UtcNow.AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }
}

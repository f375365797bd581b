using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Multimodal.Local.Serve.Security;

/// <summary>The key that requests must show, in the header <c>X-Api-Key</c> or as <c>Authorization: Bearer</c>.</summary>
internal sealed class ApiKey(string key)
{
    /// <summary>The header that holds nothing but the key.</summary>
    public const string Header = "X-Api-Key";

    /// <summary>The fewest characters of a key that keeps a network out.</summary>
    public const int MinimumLength = 16;

    private const string Bearer = "Bearer ";

    // Hashed, so that the comparison takes as long whatever is sent, and its length tells nothing.
    private readonly byte[] _hash = Hash(key);

    /// <summary>Whether a request shows it.</summary>
    public bool IsShownBy(HttpRequest request) =>
        Matches(request.Headers[Header].ToString())
        || (request.Headers.Authorization.ToString() is var authorization
            && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && Matches(authorization[Bearer.Length..].Trim()));

    private bool Matches(string shown) => CryptographicOperations.FixedTimeEquals(Hash(shown), _hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}

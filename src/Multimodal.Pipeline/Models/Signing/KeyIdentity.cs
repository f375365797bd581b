using System.Security.Cryptography;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>Names keys, and tells which kind is taken.</summary>
internal static class KeyIdentity
{
    private const string P256 = "1.2.840.10045.3.1.7";

    /// <summary>A key's id: SHA-256 of its SubjectPublicKeyInfo (RFC 5480), in lower-case hexadecimal.</summary>
    public static string Of(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <summary>Whether a key is of the curve P-256.</summary>
    public static bool IsP256(ECDsa key) => key.KeySize == 256 && key.ExportParameters(includePrivateParameters: false).Curve.Oid is var curve
        && (curve.Value ?? Oid.FromFriendlyName(curve.FriendlyName!, OidGroup.PublicKeyAlgorithm).Value) == P256;
}

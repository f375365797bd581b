using System.Security.Cryptography;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>A public key whose signatures are taken.</summary>
/// <param name="Id">SHA-256 of its SubjectPublicKeyInfo, in lower-case hexadecimal.</param>
/// <param name="Name">The file that it was read from.</param>
/// <param name="PublicKey">Its SubjectPublicKeyInfo.</param>
public sealed record TrustedKey(string Id, string Name, ReadOnlyMemory<byte> PublicKey)
{
    /// <summary>Whether it signed something. Safe for concurrent use.</summary>
    internal bool Verifies(byte[] data, byte[] signature)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(PublicKey.Span, out _);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}

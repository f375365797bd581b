using System.Security.Cryptography;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>A private key that signs pipelines: ECDSA over P-256.</summary>
public sealed class SigningKey : IDisposable
{
    // PBKDF2 with HMAC-SHA-256 at the count that OWASP's Password Storage Cheat Sheet names (2023), and AES-256-CBC, as PKCS #5 v2 has them.
    private static readonly PbeParameters Encryption = new(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 600_000);

    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Id = KeyIdentity.Of(key);
    }

    /// <summary>The key's id: SHA-256 of its public half (SubjectPublicKeyInfo), in lower-case hexadecimal.</summary>
    public string Id { get; }

    /// <summary>Makes a new one.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Whether a PEM text holds a key that a passphrase opens.</summary>
    public static bool IsEncrypted(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        return pem.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
    }

    /// <summary>Reads one of a PEM text.</summary>
    /// <param name="pem">PKCS #8, or SEC 1.</param>
    /// <param name="passphrase">What it is encrypted with; null where it is not.</param>
    /// <exception cref="FormatException">It is none of P-256, or the passphrase is not the right one.</exception>
    public static SigningKey Read(string pem, string? passphrase)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var key = ECDsa.Create();
        try
        {
            if (IsEncrypted(pem))
            {
                key.ImportFromEncryptedPem(pem, passphrase ?? throw new FormatException("the key is encrypted, and no passphrase was given"));
            }
            else
            {
                key.ImportFromPem(pem);
            }

            // Signing is what proves that it is more than the public half.
            key.SignHash(new byte[SHA256.HashSizeInBytes]);
            return KeyIdentity.IsP256(key) ? new SigningKey(key) : throw new FormatException("the key is not one of the curve P-256");
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new FormatException(
                IsEncrypted(pem) ? "the passphrase does not open it, or it is no private key of the curve P-256" : "it is no private key of the curve P-256", e);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The public half, as a PEM text.</summary>
    public string ToPublicPem() => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>The key itself, as PKCS #8 in a PEM text.</summary>
    /// <param name="passphrase">What it is encrypted with; null: it is not.</param>
    public string ToPrivatePem(string? passphrase) =>
        (passphrase is null ? _key.ExportPkcs8PrivateKeyPem() : _key.ExportEncryptedPkcs8PrivateKeyPem(passphrase, Encryption)) + "\n";

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    /// <summary>Signs, DER-encoded (RFC 3279).</summary>
    internal byte[] Sign(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}

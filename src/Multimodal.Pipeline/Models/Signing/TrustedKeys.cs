using System.Security.Cryptography;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>
/// The keys whose signatures are taken, and what is revoked, as a folder holds them: a public key in each <c>*.pem</c>, and <c>revoked.txt</c>
/// with a SHA-256 a line, of a key (its id), of a <c>pipeline.json</c> or of a file of a pipeline; what follows the first space is a note, and lines that begin with
/// <c>#</c> are too.
/// </summary>
public sealed class TrustedKeys
{
    /// <summary>The file that lists what is revoked.</summary>
    public const string RevocationFile = "revoked.txt";

    /// <summary>The most keys of a folder.</summary>
    public const int MaximumKeys = 64;

    // A key has 178 bytes; whatever is much larger is something else.
    private const long MaximumKeyBytes = 16 * 1024;

    private readonly Dictionary<string, TrustedKey> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string> _revoked = new(StringComparer.OrdinalIgnoreCase);

    private TrustedKeys()
    {
    }

    /// <summary>No key, and nothing revoked.</summary>
    public static TrustedKeys None { get; } = new();

    /// <summary>The keys, by id.</summary>
    public IReadOnlyDictionary<string, TrustedKey> Keys => _keys;

    /// <summary>Reads a folder.</summary>
    /// <exception cref="PipelineException">It cannot be read, or something in it is not what it should be; the message names the file and the remedy.</exception>
    public static TrustedKeys Read(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var trusted = new TrustedKeys();
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.pem").OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                trusted.Add(file);
            }

            if (trusted._keys.Count > MaximumKeys)
            {
                throw new PipelineException($"{folder} holds {trusted._keys.Count} keys; at most {MaximumKeys} are taken. Remove those that sign no more.");
            }

            trusted.ReadRevoked(Path.Combine(folder, RevocationFile));
            return trusted;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"The trusted keys in {folder} cannot be read: {e.Message} Name a folder that can be, by Models__TrustedKeys.", e);
        }
    }

    /// <summary>Whether a key, a <c>pipeline.json</c> or a file is revoked, by its SHA-256 in hexadecimal.</summary>
    public bool IsRevoked(string sha256) => _revoked.Contains(sha256);

    private void Add(FileInfo file)
    {
        if (file.Length > MaximumKeyBytes)
        {
            throw new PipelineException($"{file.FullName} has {file.Length} bytes, which no public key has. Remove it from the trusted keys.");
        }

        var pem = File.ReadAllText(file.FullName);
        if (pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new PipelineException($"{file.FullName} is a private key. Keep it with whoever signs, and put the public one (*.pub.pem) among the trusted keys.");
        }

        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Refuse(file, e);
        }

        if (!KeyIdentity.IsP256(key))
        {
            throw Refuse(file);
        }

        var id = KeyIdentity.Of(key);
        _keys[id] = new TrustedKey(id, file.Name, key.ExportSubjectPublicKeyInfo());
    }

    private static PipelineException Refuse(FileInfo file, Exception? inner = null) =>
        new($"{file.FullName} is not a public key of the curve P-256 in PEM. Make keys by: multimodal models keygen", inner);

    private void ReadRevoked(string file)
    {
        if (!File.Exists(file))
        {
            return;
        }

        foreach (var (number, line) in File.ReadLines(file).Index())
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            var hash = text.Split([' ', '\t'], 2)[0];

            // A line that is not understood might have revoked something.
            if (hash.Length != 2 * SHA256.HashSizeInBytes || !hash.All(char.IsAsciiHexDigit))
            {
                throw new PipelineException($"{file}, line {number + 1}: '{hash}' is not a SHA-256 in hexadecimal. Put a note behind it, or '#' before a line that is one.");
            }

            _revoked.Add(hash);
        }
    }
}

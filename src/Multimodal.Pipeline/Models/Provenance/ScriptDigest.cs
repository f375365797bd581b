using System.Security.Cryptography;
using System.Text;

namespace Multimodal.Pipeline.Models.Provenance;

/// <summary>Computes what <see cref="ProvenanceScripts.Sha256"/> states.</summary>
public static class ScriptDigest
{
    /// <summary>The digest of a folder's scripts.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="files">Which of its files; null: every <c>*.py</c> that lies in it.</param>
    /// <returns>SHA-256 in lower-case hexadecimal.</returns>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static string Of(string folder, IReadOnlyList<string>? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var names = files ?? [.. Directory.EnumerateFiles(folder, "*.py").Select(path => Path.GetFileName(path))];
        var lines = names.Order(StringComparer.Ordinal)
            .Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, name))))}  {name}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}

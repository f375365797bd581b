using System.Security.Cryptography;

namespace Multimodal.Pipeline.Models;

/// <summary>Compares files with the hashes that a definition lists.</summary>
public static class FileHash
{
    /// <summary>Requires a content to be the declared one.</summary>
    /// <param name="path">The file, for the message.</param>
    /// <param name="content">What was read of it.</param>
    /// <param name="expected">SHA-256 in hexadecimal.</param>
    /// <exception cref="PipelineException">It is another.</exception>
    public static void Require(string path, ReadOnlySpan<byte> content, string expected) =>
        Require(path, Convert.ToHexStringLower(SHA256.HashData(content)), expected);

    /// <summary>Requires a file to be the declared one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">SHA-256 in hexadecimal.</param>
    /// <exception cref="PipelineException">It is another, or is gone.</exception>
    public static void Require(string path, string expected)
    {
        try
        {
            using var stream = File.OpenRead(path);
            Require(path, Convert.ToHexStringLower(SHA256.HashData(stream)), expected);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PipelineException($"{path} is missing; {ModelRepository.DefinitionFile} lists it with SHA-256 {expected}.", e);
        }
    }

    private static void Require(string path, string actual, string expected)
    {
        if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new PipelineException(
                $"{path} has SHA-256 {actual}, but {ModelRepository.DefinitionFile} asks for {expected}. Restore the file, or declare the new hash if the change is meant.");
        }
    }
}

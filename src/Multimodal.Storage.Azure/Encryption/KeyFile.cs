using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Multimodal.Storage.Azure.Encryption;

/// <summary>
/// A file of keys: <c>{ "current": ID, "keys": [ { "id": ID, "created": TIME, "key": 32 bytes in Base64 } ] }</c>. New blobs are encrypted
/// with the current key; the others read what they encrypted.
/// </summary>
/// <param name="Current">The current key's id.</param>
/// <param name="Keys">The keys.</param>
public sealed record KeyFile(string Current, IReadOnlyList<KeyFileEntry> Keys)
{
    private const int LongestId = 64;

    /// <summary>Reads a key file.</summary>
    /// <exception cref="OptionsValidationException">It is absent, or no key file; its failure says what to do.</exception>
    public static KeyFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            // No message repeats what the file holds.
            var file = JsonSerializer.Deserialize(File.ReadAllBytes(path), EncryptionJson.Default.KeyFile);
            return FindFault(file) is { } fault ? throw Refuse(path, fault) : file!;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw BlobKeys.Invalid($"Encryption:KeyFile names '{path}', which does not exist. Put the file back, or make a new one by 'multimodal keys new {path}'.");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw BlobKeys.Invalid($"Encryption:KeyFile names '{path}', which cannot be read: {e.Message}");
        }
        catch (JsonException)
        {
            throw Refuse(path, "it is not the JSON that 'multimodal keys new' writes");
        }
    }

    /// <summary>Makes a key file of one key, or adds a key to one and makes it the current one. The file is its owner's alone.</summary>
    /// <returns>The new key's id.</returns>
    /// <exception cref="OptionsValidationException">The file that is there is no key file.</exception>
    public static string Extend(string path, DateTimeOffset now)
    {
        var before = File.Exists(path) ? Read(path) : null;
        var id = string.Create(
            CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}");
        var entry = new KeyFileEntry(id, now, RandomNumberGenerator.GetBytes(AesWrapKey.Bytes));
        var after = new KeyFile(id, [.. before?.Keys ?? [], entry]);
        Write(path, after);
        return id;
    }

    // Written beside and moved into place: a crash leaves the keys that were there.
    private static void Write(string path, KeyFile file)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var made = $"{full}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(made, options))
        {
            JsonSerializer.Serialize(stream, file, EncryptionJson.Default.KeyFile);
            stream.Flush(flushToDisk: true);
        }

        File.Move(made, full, overwrite: true);
    }

    private static string? FindFault(KeyFile? file) =>
        file?.Keys is not { Count: > 0 } keys ? "it holds no keys"
        : keys.Any(key => key is null || string.IsNullOrEmpty(key.Id) || key.Id.Length > LongestId || !key.Id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            ? $"an id of a key is not 1 to {LongestId} letters, digits, '-', '_' or '.'"
        : keys.FirstOrDefault(key => key.Key?.Length != AesWrapKey.Bytes) is { } odd ? $"the key '{odd.Id}' is not {AesWrapKey.Bytes} bytes in Base64"
        : keys.DistinctBy(key => key.Id).Count() < keys.Count ? "two of its keys have one id"
        : keys.All(key => key.Id != file.Current) ? $"its current key '{file.Current}' is none of its keys"
        : null;

    private static OptionsValidationException Refuse(string path, string fault) =>
        BlobKeys.Invalid($"Encryption:KeyFile names '{path}', which is no key file: {fault}. Restore it from a backup: without its keys nothing that they encrypted can be read.");
}

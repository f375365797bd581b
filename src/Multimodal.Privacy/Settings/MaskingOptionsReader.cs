using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Multimodal.Privacy.Detection;

namespace Multimodal.Privacy.Settings;

/// <summary>Reads the section <c>Masking</c> of a host's configuration.</summary>
public static class MaskingOptionsReader
{
    private const string Section = "Masking";

    private const int ShortestKey = 32;
    private const int LongestName = 32;

    /// <summary>Reads and checks.</summary>
    /// <exception cref="FormatException">A setting is none that can be used; the message names it and says what can.</exception>
    public static MaskingOptions Read(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var mode = ReadMode(section["Mode"]);
        var (keyFile, key) = (section["KeyFile"], section["Key"]);
        var patterns = ReadPatterns(section.GetSection("Patterns"));
        foreach (var (name, pattern) in patterns)
        {
            CheckPattern(name, pattern);
        }

        return new MaskingOptions
        {
            Mode = mode,
            Kinds = ReadKinds(ReadList(section, "Kinds")),
            Regions = ReadRegions(ReadList(section, "Regions")),
            Patterns = patterns,
            Key = mode == MaskingMode.Pseudonym ? ReadKey(keyFile, key) : default,
            BeforeEncoding = ReadFlag(section["BeforeEncoding"]),
        };
    }

    private static MaskingMode ReadMode(string? value) => value?.ToUpperInvariant() switch
    {
        null or "" or "REMOVE" => MaskingMode.Remove,
        "PSEUDONYM" => MaskingMode.Pseudonym,
        "OFF" => MaskingMode.Off,
        _ => throw new FormatException($"{Section}:Mode is '{value}'; it must be remove, pseudonym or off."),
    };

    private static bool ReadFlag(string? value) => value is { Length: > 0 }
        ? bool.TryParse(value, out var flag) ? flag : throw new FormatException($"{Section}:BeforeEncoding is '{value}'; it must be true or false.")
        : false;

    // A list as such, or in one value with commas.
    private static string[]? ReadList(IConfiguration section, string name)
    {
        var list = section.GetSection(name);
        string[] values = list.Value is { } one
            ? one.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [.. list.GetChildren().Select(child => child.Value ?? "")];
        return values.Length == 0 ? null : values;
    }

    private static IReadOnlyList<string> ReadKinds(IReadOnlyList<string>? kinds)
    {
        if (kinds?.FirstOrDefault(kind => !PersonalDataKinds.All.Contains(kind, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            throw new FormatException($"{Section}:Kinds holds '{unknown}'; there are: {string.Join(", ", PersonalDataKinds.All)}.");
        }

        return kinds is null ? PersonalDataKinds.All : [.. PersonalDataKinds.All.Where(kind => kinds.Contains(kind, StringComparer.OrdinalIgnoreCase))];
    }

    private static string[] ReadRegions(IReadOnlyList<string>? regions)
    {
        string[] upper = [.. (regions ?? []).Select(region => region.ToUpperInvariant())];
        return upper.FirstOrDefault(region => !PhoneDetector.IsRegion(region)) is { } unknown
            ? throw new FormatException($"{Section}:Regions holds '{unknown}', which is no country whose telephone numbers are known; use two letters as in DE or US.")
            : upper;
    }

    // Each as a setting of its own, or all in one value as a JSON object.
    private static Dictionary<string, string> ReadPatterns(IConfigurationSection section)
    {
        if (section.Value is not { Length: > 0 } json)
        {
            return section.GetChildren().ToDictionary(child => child.Key, child => child.Value ?? "");
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString() ?? "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"{Section}:Patterns is no JSON object of names and patterns: {e.Message}", e);
        }
    }

    private static void CheckPattern(string name, string pattern)
    {
        if (name.Length is 0 or > LongestName || !char.IsAsciiLetter(name[0]) || name.Any(character => !char.IsAsciiLetterOrDigit(character) && character != '-'))
        {
            throw new FormatException(string.Create(
                CultureInfo.InvariantCulture,
                $"{Section}:Patterns has the name '{name}'; use 1 to {LongestName} letters, digits and '-', beginning with a letter."));
        }

        if (PersonalDataKinds.All.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new FormatException($"{Section}:Patterns:{name} has the name of a kind that is known; choose another name.");
        }

        try
        {
            if (new PatternDetector(name, pattern).MatchesNothing)
            {
                throw new FormatException($"{Section}:Patterns:{name} matches where nothing stands; make it ask for a character at least.");
            }
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"{Section}:Patterns:{name} is no regular expression: {e.Message}", e);
        }
    }

    private static byte[] ReadKey(string? file, string? value)
    {
        var (setting, text) = file is { Length: > 0 } ? ("KeyFile", ReadFile(file)) : ("Key", value);
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new FormatException(
                $"{Section}:Mode is pseudonym, which needs a key: name a file by {Section}:KeyFile, or give {Section}:Key; 32 random bytes or more in Base64, as of `openssl rand -base64 32`.");
        }

        // The value itself is kept out of the message.
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length >= ShortestKey
            ? key[..length]
            : throw new FormatException($"{Section}:{setting} holds no Base64 of {ShortestKey} bytes or more; make one with `openssl rand -base64 32`.");
    }

    private static string ReadFile(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"{Section}:KeyFile is '{path}', which cannot be read: {e.Message}", e);
        }
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Multimodal.Pipeline.Jobs;

/// <summary>The rules for the file name of an input within its job.</summary>
public static class InputName
{
    /// <summary>The name that is reserved for a job's own settings.</summary>
    public const string Manifest = "job.json";

    /// <summary>The longest allowed name, in UTF-16 code units.</summary>
    public const int MaximumLength = 200;

    /// <summary>
    /// Says why a name is refused, or null where it is good: 1 to <see cref="MaximumLength"/> characters,
    /// no slash or backslash, no control characters, neither <c>.</c> nor <c>..</c> nor <see cref="Manifest"/>, well-formed UTF-16.
    /// </summary>
    public static string? FindFault(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaximumLength)
        {
            return $"a file name has 1 to {MaximumLength} characters";
        }

        if (name is "." or "..")
        {
            return "'.' and '..' are no file names";
        }

        if (name == Manifest)
        {
            return $"'{Manifest}' is reserved for the job's own settings";
        }

        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (c is '/' or '\\')
            {
                return "a file name has no '/' or '\\': the inputs of a job lie side by side";
            }

            if (char.IsControl(c))
            {
                return "a file name has no control characters";
            }

            if (char.IsHighSurrogate(c) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(c))
            {
                return "the file name is not well-formed Unicode";
            }
        }

        return null;
    }

    /// <summary>
    /// A good name as it is; for a bad one, a good one that tells it from others, under which its refusal is kept.
    /// </summary>
    public static string Clean(string name)
    {
        if (FindFault(name) is null)
        {
            return name;
        }

        var kept = new string([.. name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]);
        return $"{kept}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8]}";
    }
}

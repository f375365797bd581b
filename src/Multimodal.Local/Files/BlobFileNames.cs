using System.Globalization;
using System.Text;

namespace Multimodal.Local.Files;

/// <summary>
/// Blob names as relative file paths that every operating system takes. What some system refuses in a file name is
/// percent-encoded; ordinary names stay as they are.
/// </summary>
internal static class BlobFileNames
{
    private const string Unsafe = "<>:\"|?*\\%";

    private static readonly string[] ReservedOnWindows = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    /// <summary>The relative path of a blob name.</summary>
    public static string ToPath(string name) =>
        string.Join(Path.DirectorySeparatorChar, name.Split('/').Select(Encode));

    /// <summary>
    /// The blob name of a relative path. A file that was dropped in by hand under a name that would be written otherwise, such as
    /// <c>100%.png</c>, is a blob of just that name.
    /// </summary>
    public static string ToName(string path)
    {
        var name = string.Join('/', path.Split(Path.DirectorySeparatorChar).Select(Uri.UnescapeDataString));
        return ToPath(name) == path ? name : path.Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>The path that a hand-dropped file of this name has; null where it is that of <see cref="ToPath"/>, or none could have it.</summary>
    public static string? ToLiteralPath(string name)
    {
        var parts = name.Split('/');
        if (ToPath(name) == string.Join(Path.DirectorySeparatorChar, parts) || parts.Any(IsNoFileName))
        {
            return null;
        }

        return string.Join(Path.DirectorySeparatorChar, parts);
    }

    // On Windows only the sign that encodes the others may stand for itself.
    private static bool IsNoFileName(string part) =>
        part is "" or "." or ".."
        || part.Any(char.IsControl)
        || (OperatingSystem.IsWindows() && part.Replace("%", "", StringComparison.Ordinal) is var rest && Encode(rest) != rest);

    private static string Encode(string part)
    {
        var encoded = new StringBuilder(part.Length);
        for (var i = 0; i < part.Length; i++)
        {
            var c = part[i];
            var last = i == part.Length - 1;
            if (char.IsControl(c) || Unsafe.Contains(c, StringComparison.Ordinal) || (last && (c is '.' or ' ')) || (i == 0 && IsReserved(part)))
            {
                encoded.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            }
            else
            {
                encoded.Append(c);
            }
        }

        return encoded.ToString();
    }

    private static bool IsReserved(string part)
    {
        var stem = part.Split('.')[0];
        return ReservedOnWindows.Any(reserved =>
            stem.Equals(reserved, StringComparison.OrdinalIgnoreCase)
            || (reserved is "COM" or "LPT" && stem.Length == 4 && char.IsAsciiDigit(stem[3]) && stem.StartsWith(reserved, StringComparison.OrdinalIgnoreCase)));
    }
}

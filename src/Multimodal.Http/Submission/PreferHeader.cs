using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Multimodal.Http.Submission;

/// <summary>Reads the header <c>Prefer</c> (RFC 7240).</summary>
internal static class PreferHeader
{
    /// <summary>The seconds of the preference <c>wait</c>, at most the maximum; null where it is not stated or not sound.</summary>
    public static int? FindWait(StringValues header, int maximum)
    {
        foreach (var preference in header.SelectMany(value => (value ?? "").Split(',')))
        {
            var (name, value) = preference.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries) is [var left, var right]
                ? (left, right.Trim('"'))
                : (preference, "");
            if (name.Equals("wait", StringComparison.OrdinalIgnoreCase)
                && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                return (int)Math.Min(seconds, maximum);
            }
        }

        return null;
    }
}

using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Multimodal.Local.Commands;

/// <summary>
/// Reads numbers of the command line: alike in every culture (the parser's own conversion takes 0.5 for 5 where the comma is decimal),
/// and within bounds.
/// </summary>
internal static class NumberParser
{
    /// <summary>A parser for an option of one number from <paramref name="minimum"/> to <paramref name="maximum"/>.</summary>
    public static Func<ArgumentResult, T> Between<T>(string option, T minimum, T maximum)
        where T : struct, INumber<T> => result => Parse(result, option, minimum, maximum);

    /// <summary>The same for an option that has no default.</summary>
    public static Func<ArgumentResult, T?> OptionalBetween<T>(string option, T minimum, T maximum)
        where T : struct, INumber<T> => result => Parse(result, option, minimum, maximum);

    private static T Parse<T>(ArgumentResult result, string option, T minimum, T maximum)
        where T : struct, INumber<T>
    {
        // Written so that NaN fails.
        var given = result.Tokens[^1].Value;
        if (!T.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number >= minimum && number <= maximum))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option} must be {minimum} to {maximum}, not '{given}'."));
        }

        return number;
    }
}

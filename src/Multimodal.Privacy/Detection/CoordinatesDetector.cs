using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Multimodal.Privacy.Detection;

/// <summary>
/// Finds places on earth: latitude and longitude in degrees, minutes and seconds with their quarters, in decimals with a sign, a degree sign
/// or a name, or bare where both have four decimals or more and no further number stands beside them.
/// </summary>
internal sealed partial class CoordinatesDetector : IDetector
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const string Number = "[+-]?[0-9]{1,3}(?:[.,][0-9]{1,15})?";
    private const string Fraction = "[+-]?[0-9]{1,3}[.,][0-9]{1,15}";
    private const string Degree = "(?: ?[°º])?";
    private const string Between = "(?: ?[,;/] ?| )";

    // 48°51'30.5"N, 48° 51.508' N, N 48° 51' 30"
    private const string Angle =
        "[0-9]{1,3} ?[°º](?: ?[0-9]{1,2}(?:[.,][0-9]{1,6})? ?['′’´](?: ?[0-9]{1,2}(?:[.,][0-9]{1,6})? ?(?:\"|″|”|''|′′|’’))?)?";

    private const string Latitude = "[\"']?(?:latitude|lat|breitengrad|breite|широта|纬度|緯度)[\"']?";
    private const string Longitude = "[\"']?(?:longitude|longitud|long|lng|lon|längengrad|länge|долгота|经度|経度)[\"']?";
    private const string Value = "\\.? ?[:=]? ?[\"']?" + Number + "[°º]?";

    private const string Places =
        "(?:geo:|gps[:=]? ?|coordinates?[:=]? ?|coords?[:=]? ?|ll=|koordinaten[:=]? ?|coordonnées ?[:=]? ?|coordenadas[:=]? ?|координаты[:=]? ?|坐标[:：]? ?|座標[:：]? ?|point ?)";

    private static readonly SearchValues<char> OfZoom = SearchValues.Create("0123456789.");

    /// <inheritdoc/>
    public void Find(string text, ICollection<Finding> findings)
    {
        // Without a point, a degree sign or a comma between digits there is nothing to be found.
        if (!HoldsNumberWithDecimals(text))
        {
            return;
        }

        if (text.AsSpan().IndexOfAny('°', 'º') >= 0)
        {
            Add(Angles, text, findings, isBare: false);
            Add(Degrees, text, findings, isBare: false);
        }

        Add(Signed, text, findings, isBare: false);
        Add(Named, text, findings, isBare: false);
        Add(NamedTogether, text, findings, isBare: false);
        Add(Bare, text, findings, isBare: true);
        Add(Commas, text, findings, isBare: true);
    }

    private static bool HoldsNumberWithDecimals(string text)
    {
        var rest = text.AsSpan();
        while (rest.IndexOfAny(".,°º") is var at and >= 0)
        {
            if (at > 0 && char.IsAsciiDigit(rest[at - 1]))
            {
                return true;
            }

            // A degree sign may stand a space behind its number.
            if (rest[at] is '°' or 'º')
            {
                return true;
            }

            rest = rest[(at + 1)..];
        }

        return false;
    }

    private static void Add(Regex pattern, string text, ICollection<Finding> findings, bool isBare)
    {
        foreach (Match match in pattern.Matches(text))
        {
            var (start, end) = (match.Index, match.Index + match.Length);
            if (!Surroundings.StandsAlone(text, start, end) || Surroundings.IsPartOfNumber(text, start, end, ".,"))
            {
                continue;
            }

            // A word that says what the numbers are is none of them; that of a URI belongs to it.
            start += pattern == NamedTogether && !match.ValueSpan.StartsWith("geo", StringComparison.OrdinalIgnoreCase) ? Numbers.Match(match.Value).Index : 0;
            var numbers = Numbers.Matches(match.Value).Select(number => double.Parse(number.Value.Replace(',', '.'), CultureInfo.InvariantCulture)).ToArray();
            if (ToPlace(numbers, match.Value) is { } place
                && (!isBare || (IsAlone(text, start, end) && (Math.Abs(place.Latitude) >= 1 || Math.Abs(place.Longitude) >= 1))))
            {
                findings.Add(new Finding(
                    start,
                    end,
                    PersonalDataKinds.Coordinates,
                    string.Create(CultureInfo.InvariantCulture, $"{place.Latitude:0.#####},{place.Longitude:0.#####}")));
            }
        }
    }

    private static (double Latitude, double Longitude)? ToPlace(double[] numbers, string text)
    {
        if (numbers.Length < 2 || numbers.Length % 2 != 0)
        {
            return null;
        }

        var half = numbers.Length / 2;
        var latitude = ToDegrees(numbers.AsSpan(0, half));
        var longitude = ToDegrees(numbers.AsSpan(half));
        if (latitude is null || longitude is null || Math.Abs(latitude.Value) > 90 || Math.Abs(longitude.Value) > 180)
        {
            return null;
        }

        var letters = text.ToUpperInvariant();
        var isSigned = !letters.Contains("LAT", StringComparison.Ordinal) && !letters.Any(letter => char.IsLetter(letter) && !"NSEWO".Contains(letter));
        return isSigned
            ? (letters.Contains('S') ? -latitude.Value : latitude.Value, letters.Contains('W') ? -longitude.Value : longitude.Value)
            : (latitude.Value, longitude.Value);
    }

    private static double? ToDegrees(ReadOnlySpan<double> parts)
    {
        var minutes = parts.Length > 1 ? parts[1] : 0;
        var seconds = parts.Length > 2 ? parts[2] : 0;
        return parts.Length > 3 || minutes >= 60 || seconds >= 60 ? null : parts[0] + (minutes / 60) + (seconds / 3600);
    }

    // Of three decimals or more in a row, two are no place.
    private static bool IsAlone(string text, int start, int end) =>
        !DecimalBefore.IsMatch(text.AsSpan(Math.Max(0, start - 24), Math.Min(24, start)))
        && (!DecimalAfter.IsMatch(text.AsSpan(end, Math.Min(24, text.Length - end))) || IsZoom(text.AsSpan(end).TrimStart(", ")));

    // As in a link to a map: 48.8584,2.2945,17z.
    private static bool IsZoom(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(OfZoom);
        return length is > 0 and <= 5 && text[length] == 'z';
    }

    [GeneratedRegex($"(?:[NS] ?{Angle}|{Angle} ?[NS])[,;/]? {{0,2}}(?:[EWO] ?{Angle}|{Angle} ?[EWO])", Options)]
    private static partial Regex Angles { get; }

    [GeneratedRegex($"(?:[NS] ?{Fraction}{Degree}|{Fraction}{Degree} ?[NS]){Between}(?:[EWO] ?{Fraction}{Degree}|{Fraction}{Degree} ?[EWO])", Options)]
    private static partial Regex Signed { get; }

    [GeneratedRegex($"{Fraction} ?[°º]{Between}{Fraction} ?[°º]", Options)]
    private static partial Regex Degrees { get; }

    [GeneratedRegex($"{Latitude}{Value}[\"']?\\s{{0,2}}[,;&|/]?\\s{{0,4}}(?:and |und |et |y )?{Longitude}{Value}", Options)]
    private static partial Regex Named { get; }

    [GeneratedRegex($"{Places}\\(?{Fraction} ?[,; ] ?{Fraction}", Options)]
    private static partial Regex NamedTogether { get; }

    [GeneratedRegex($"[+-]?[0-9]{{1,3}}\\.[0-9]{{4,15}}{Between}[+-]?[0-9]{{1,3}}\\.[0-9]{{4,15}}", Options)]
    private static partial Regex Bare { get; }

    [GeneratedRegex("[+-]?[0-9]{1,3},[0-9]{4,15} ?[;/] ?[+-]?[0-9]{1,3},[0-9]{4,15}", Options)]
    private static partial Regex Commas { get; }

    [GeneratedRegex(Number, Options)]
    private static partial Regex Numbers { get; }

    [GeneratedRegex("[0-9][.,][0-9]+ ?[,;/ ] ?$", Options)]
    private static partial Regex DecimalBefore { get; }

    [GeneratedRegex("^ ?[,;/ ] ?[+-]?[0-9]+[.,][0-9]", Options)]
    private static partial Regex DecimalAfter { get; }
}

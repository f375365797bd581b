namespace Multimodal.Privacy.Detection;

/// <summary>
/// Finds numbers of payment cards: digits in one piece or in the groups that cards show, of an issuer's ranges and length (ISO/IEC 7812), with
/// a good check digit (Luhn, US patent 2950048, 1960).
/// </summary>
internal sealed class CardDetector : IDetector
{
    private const int Fewest = 12;
    private const int Most = 19;

    /// <inheritdoc/>
    public void Find(string text, ICollection<Finding> findings)
    {
        var groups = new List<(int Start, int Length)>();
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                i++;
                continue;
            }

            groups.Clear();
            i = ReadGroups(text, i, groups);
            Search(text, groups, findings);
        }
    }

    // Digits, and single separators between them.
    private static int ReadGroups(string text, int start, List<(int Start, int Length)> groups)
    {
        var i = start;
        while (true)
        {
            var begin = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                i++;
            }

            groups.Add((begin, i - begin));
            if (i + 1 >= text.Length || text[i] is not (' ' or '-' or '.') || !char.IsAsciiDigit(text[i + 1]))
            {
                return i;
            }

            i++;
        }
    }

    private static void Search(string text, List<(int Start, int Length)> groups, ICollection<Finding> findings)
    {
        Span<char> digits = stackalloc char[Most];
        for (var first = 0; first < groups.Count; first++)
        {
            // The longest: a part of a number may have a good check digit too.
            var (count, found, foundLast) = (0, 0, first);
            for (var last = first; last < groups.Count && count + groups[last].Length <= Most; last++)
            {
                text.AsSpan(groups[last].Start, groups[last].Length).CopyTo(digits[count..]);
                count += groups[last].Length;
                var (start, end) = (groups[first].Start, groups[last].Start + groups[last].Length);
                if (count >= Fewest
                    && IsOfShape(groups, first, last)
                    && HasOneSeparator(text, start, end)
                    && Surroundings.StandsAlone(text, start, end)
                    && !Surroundings.IsPartOfNumber(text, start, end, ".,")
                    && IsOfIssuer(digits[..count])
                    && HasGoodCheckDigit(digits[..count]))
                {
                    (found, foundLast) = (count, last);
                }
            }

            if (found > 0)
            {
                var end = groups[foundLast].Start + groups[foundLast].Length;
                findings.Add(new Finding(groups[first].Start, end, PersonalDataKinds.Card, digits[..found].ToString()));
                first = foundLast;
            }
        }
    }

    // In one piece, in fours with a shorter end, or as American Express (4-6-5) and Diners Club (4-6-4) show it.
    private static bool IsOfShape(List<(int Start, int Length)> groups, int first, int last)
    {
        if (first == last)
        {
            return true;
        }

        if (last - first == 2 && groups[first].Length == 4 && groups[first + 1].Length == 6 && groups[last].Length is 4 or 5)
        {
            return true;
        }

        for (var i = first; i < last; i++)
        {
            if (groups[i].Length != 4)
            {
                return false;
            }
        }

        return groups[last].Length is >= 1 and <= 4;
    }

    private static bool HasOneSeparator(string text, int start, int end)
    {
        var separators = text.AsSpan(start, end - start).Trim("0123456789");
        var first = text.AsSpan(start, end - start).IndexOfAnyExceptInRange('0', '9');
        return separators.IsEmpty || first < 0 || !text.AsSpan(start, end - start).ContainsAnyExcept($"0123456789{text[start + first]}");
    }

    private static bool IsOfIssuer(ReadOnlySpan<char> digits)
    {
        var (two, three, four) = (Number(digits[..2]), Number(digits[..3]), Number(digits[..4]));
        var length = digits.Length;
        return (digits[0] == '4' && length is 13 or 16 or 19) // Visa
            || (length == 16 && (two is >= 51 and <= 55 || four is >= 2221 and <= 2720)) // Mastercard
            || (length == 15 && two is 34 or 37) // American Express
            || (length is >= 16 and <= 19 && (four == 6011 || three is >= 644 and <= 649 || two == 65)) // Discover
            || (length is >= 14 and <= 19 && (three is >= 300 and <= 305 || two is 36 or 38 or 39)) // Diners Club
            || (length is >= 16 and <= 19 && four is >= 3528 and <= 3589) // JCB
            || (length is >= 16 and <= 19 && two == 62) // UnionPay
            || (length is >= 16 and <= 19 && four is >= 2200 and <= 2204) // Mir
            || (length == 16 && (two is 60 or 81 or 82 || three is 508 or 353 or 356)) // RuPay
            || (length == 16 && four == 9792) // Troy
            || four is 5018 or 5020 or 5038 or 5893 or 6304 or 6759 or 6761 or 6762 or 6763; // Maestro
    }

    private static bool HasGoodCheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? digit : digit > 4 ? (2 * digit) - 9 : 2 * digit;
        }

        return sum % 10 == 0;
    }

    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}

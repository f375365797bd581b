using System.Collections.Frozen;

namespace Multimodal.Privacy.Detection;

/// <summary>Finds international bank account numbers (ISO 13616): a country's length, and a remainder of 1 modulo 97 (ISO 7064).</summary>
internal sealed class IbanDetector : IDetector
{
    // By the registry of SWIFT.
    private static readonly FrozenDictionary<string, int> Lengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 " +
        "GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 " +
        "MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 " +
        "TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30").Split(' ').ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry.AsSpan(2), null));

    private const int Longest = 33;

    /// <inheritdoc/>
    public void Find(string text, ICollection<Finding> findings)
    {
        Span<char> number = stackalloc char[Longest];
        Span<char> country = stackalloc char[2];
        for (var i = 0; i + 4 < text.Length; i++)
        {
            // The check digits are rarer than letters are.
            if (!char.IsAsciiDigit(text[i + 3]) || !char.IsAsciiLetter(text[i]) || !char.IsAsciiLetter(text[i + 1]))
            {
                continue;
            }

            text.AsSpan(i, 2).ToUpperInvariant(country);
            if (!Lengths.TryGetValue(country.ToString(), out var length)
                || Read(text, i, number[..length]) is not { } end
                || !Surroundings.StandsAlone(text, i, end)
                || !IsGood(number[..length]))
            {
                continue;
            }

            findings.Add(new Finding(i, end, PersonalDataKinds.Iban, number[..length].ToString()));
            i = end - 1;
        }
    }

    /// <returns>Where it ends; null where there are not so many letters and digits, or more than one separator between two.</returns>
    private static int? Read(string text, int start, Span<char> number)
    {
        var at = start;
        for (var count = 0; count < number.Length; count++)
        {
            if (count > 0 && at + 1 < text.Length && text[at] is ' ' or '-' or '.')
            {
                at++;
            }

            if (at >= text.Length || !char.IsAsciiLetterOrDigit(text[at]) || (count is 2 or 3 && !char.IsAsciiDigit(text[at])))
            {
                return null;
            }

            number[count] = char.ToUpperInvariant(text[at++]);
        }

        return at;
    }

    private static bool IsGood(ReadOnlySpan<char> number)
    {
        var remainder = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var character = number[(i + 4) % number.Length];
            remainder = char.IsAsciiDigit(character)
                ? ((remainder * 10) + (character - '0')) % 97
                : ((remainder * 100) + (character - 'A' + 10)) % 97;
        }

        return remainder == 1;
    }
}

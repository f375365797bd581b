using System.Buffers;
using System.Globalization;
using System.Text;

namespace Multimodal.Privacy.Reading;

/// <summary>
/// A text as detectors read it: what looks alike is alike. Digits of all scripts and full-width forms become ASCII, spaces of all kinds the
/// space, dashes the hyphen; characters that are not seen are left out.
/// </summary>
internal sealed class ReadableText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code), '\t', '\n', '\r']);

    // Where each character of Text stands in the original, and at the end the original's length; null where they are the same.
    private readonly int[]? _places;

    private ReadableText(string text, int[]? places)
    {
        Text = text;
        _places = places;
    }

    /// <summary>What detectors read.</summary>
    public string Text { get; }

    /// <summary>Reads a text.</summary>
    public static ReadableText Of(string original)
    {
        var plain = original.AsSpan().IndexOfAnyExcept(Plain);
        if (plain < 0)
        {
            return new ReadableText(original, null);
        }

        var text = new StringBuilder(original.Length).Append(original, 0, plain);
        var places = new List<int>(original.Length + 1);
        places.AddRange(Enumerable.Range(0, plain));
        for (var i = plain; i < original.Length;)
        {
            var status = Rune.DecodeFromUtf16(original.AsSpan(i), out var rune, out var length);
            if (status != OperationStatus.Done)
            {
                Append(original[i], i);
            }
            else if (Simplify(rune) is { } simple)
            {
                Append(simple, i);
            }
            else if (!IsUnseen(rune))
            {
                for (var part = 0; part < length; part++)
                {
                    Append(original[i + part], i + part);
                }
            }

            i += length;
        }

        places.Add(original.Length);
        return new ReadableText(text.ToString(), [.. places]);

        void Append(char character, int place)
        {
            text.Append(character);
            places.Add(place);
        }
    }

    /// <summary>Where a part of <see cref="Text"/> begins and ends in the original.</summary>
    public (int Start, int End) ToOriginal(int start, int end, string original)
    {
        if (_places is null)
        {
            return (start, end);
        }

        // After the last character itself, not before the next one: what is not seen between them belongs to neither.
        var last = _places[end - 1];
        return (_places[start], last + (char.IsHighSurrogate(original[last]) && last + 1 < original.Length ? 2 : 1));
    }

    private static char? Simplify(Rune rune)
    {
        if (rune.IsAscii)
        {
            return rune.Value is >= ' ' and < 0x7F or '\t' or '\n' or '\r' ? (char)rune.Value : null;
        }

        if (rune.Value is >= 0xFF01 and <= 0xFF5E)
        {
            return (char)(rune.Value - 0xFEE0);
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.DecimalDigitNumber:
                return (char)('0' + (int)Rune.GetNumericValue(rune));
            case UnicodeCategory.SpaceSeparator:
                return ' ';
            case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                return '\n';
            case UnicodeCategory.DashPunctuation:
                return '-';
        }

        return rune.Value switch
        {
            0x2212 => '-',
            0x2024 or 0xFE52 => '.',
            0xFE6B => '@',
            0xFE55 => ':',
            _ => null,
        };
    }

    private static bool IsUnseen(Rune rune) =>
        rune.Value is 0x34F or (>= 0xFE00 and <= 0xFE0F)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Control;
}

using System.Globalization;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;

/// <summary>BERT's: invisible characters out, white space to spaces, spaces around Han characters, accents and case as set.</summary>
internal sealed class BertNormalizer(bool cleans, bool separatesHan, bool stripsAccents, bool lowers) : ITextNormalizer
{
    public string Normalize(string text)
    {
        text = cleans || separatesHan ? Clean(text) : text;
        text = stripsAccents
            ? TextForms.Without(TextForms.Compose(text, NormalizationForm.FormD), category => category is UnicodeCategory.NonSpacingMark)
            : text;
        return lowers ? TextForms.Lower(text) : text;
    }

    private string Clean(string text)
    {
        var cleaned = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (cleans && IsDropped(rune))
            {
                continue;
            }

            if (cleans && Rune.IsWhiteSpace(rune))
            {
                cleaned.Append(' ');
            }
            else if (separatesHan && CharacterClasses.IsHan(rune))
            {
                cleaned.Append(' ').Append(rune).Append(' ');
            }
            else
            {
                cleaned.Append(rune);
            }
        }

        return cleaned.ToString();
    }

    private static bool IsDropped(Rune rune) => rune.Value switch
    {
        '\t' or '\n' or '\r' => false,
        0 or 0xFFFD => true,
        _ => Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned,
    };
}

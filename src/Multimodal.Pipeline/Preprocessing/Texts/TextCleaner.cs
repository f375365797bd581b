using System.Globalization;
using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>
/// Brings a text into the form that the encoder was trained on: compatibility normalisation, accents and case as the settings say,
/// no control or format characters, single spaces.
/// </summary>
internal static class TextCleaner
{
    /// <summary>Cleans and cuts; the result is empty where nothing is left.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    /// <param name="settings">What is done.</param>
    public static CleanedText Clean(string text, CharacterSettings settings)
    {
        var normal = UnicodeNormalization.Normalize(text, settings.StripAccents ? NormalizationForm.FormKD : NormalizationForm.FormKC);
        var cleaned = new StringBuilder(Math.Min(normal.Length, settings.MaximumLength));
        int count = 0, kept = 0;
        var spacePending = false;
        foreach (var rune in normal.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                // Held back until something follows, so that neither end has one.
                spacePending = count > 0;
                continue;
            }

            if (IsDropped(Rune.GetUnicodeCategory(rune), settings))
            {
                continue;
            }

            if (spacePending)
            {
                spacePending = false;
                Append(new Rune(' '));
            }

            Append(settings.Lowercase ? Rune.ToLowerInvariant(rune) : rune);
        }

        return new CleanedText(cleaned.ToString(), kept, count);

        void Append(Rune rune)
        {
            if (count++ < settings.MaximumLength)
            {
                cleaned.Append(rune);
                kept++;
            }
        }
    }

    private static bool IsDropped(UnicodeCategory category, CharacterSettings settings) =>
        category is UnicodeCategory.Control or UnicodeCategory.Format ||
        (settings.StripAccents && category is UnicodeCategory.NonSpacingMark);
}

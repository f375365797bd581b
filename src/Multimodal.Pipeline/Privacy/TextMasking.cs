using System.Text;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Privacy;

/// <summary>Masks texts and what holds texts.</summary>
public static class TextMasking
{
    // Hardly anything that is found is longer.
    private const int Reach = 2048;

    /// <summary>The text with everything replaced that is found in it; the same string where nothing is.</summary>
    public static string Apply(this ITextMask mask, string text)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(text);
        return Replace(text, mask.Find(text));
    }

    /// <summary>
    /// The beginning of the masked text: what became of the first code units of the text, and of what is found that begins within them. No
    /// more of the text is searched, however long it is.
    /// </summary>
    /// <param name="mask">What is masked.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="length">How many UTF-16 code units of it.</param>
    public static string ApplyToStart(this ITextMask mask, string text, int length)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length - Reach <= length)
        {
            return mask.Apply(text);
        }

        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        var spans = mask.Find(text[..(end + Reach)]).Where(span => span.Start < end).ToList();
        return Replace(text[..Math.Max(end, spans.Count > 0 ? spans[^1].End : 0)], spans);
    }

    /// <summary>An error whose message is masked.</summary>
    public static InputError Apply(this ITextMask mask, InputError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error with { Message = mask.Apply(error.Message), Remedy = mask.Apply(error.Remedy) };
    }

    /// <summary>An error whose message is masked.</summary>
    public static JobError Apply(this ITextMask mask, JobError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error with { Message = mask.Apply(error.Message), Remedy = mask.Apply(error.Remedy) };
    }

    private static string Replace(string text, IReadOnlyList<MaskedSpan> spans)
    {
        if (spans.Count == 0)
        {
            return text;
        }

        var masked = new StringBuilder(text.Length);
        var at = 0;
        foreach (var span in spans)
        {
            masked.Append(text, at, span.Start - at).Append(span.Replacement);
            at = span.End;
        }

        return masked.Append(text, at, text.Length - at).ToString();
    }
}

using System.Text;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Privacy;

/// <summary>Masks texts and what holds texts.</summary>
public static class TextMasking
{
    // Nothing that is found is longer, but for links; of one of those a beginning that is shown would be cut off before its end.
    private const int Reach = 2048;

    /// <summary>The text with everything replaced that is found in it; the same string where nothing is.</summary>
    public static string Apply(this ITextMask mask, string text)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(text);
        return Replace(text, mask.Find(text), text.Length);
    }

    /// <summary>
    /// The beginning of the masked text. Only as much of the text is searched as is needed, whatever its length.
    /// </summary>
    /// <param name="mask">What is masked.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="length">The fewest UTF-16 code units that are given back, unless the masked text is shorter.</param>
    public static string ApplyToStart(this ITextMask mask, string text, int length)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(text);
        for (var read = length + (2 * Reach); ; read *= 2)
        {
            if (read >= text.Length)
            {
                return mask.Apply(text);
            }

            // What lies near the end of the part that was searched may go on beyond it.
            var part = text[..read];
            var masked = Replace(part, mask.Find(part), read - Reach);
            if (masked.Length >= length)
            {
                return masked;
            }
        }
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

    private static string Replace(string text, IReadOnlyList<MaskedSpan> spans, int end)
    {
        if (spans.Count == 0)
        {
            return end == text.Length ? text : text[..end];
        }

        var masked = new StringBuilder(end);
        var at = 0;
        foreach (var span in spans)
        {
            if (span.Start >= end)
            {
                break;
            }

            masked.Append(text, at, span.Start - at).Append(span.Replacement);
            at = span.End;
        }

        return masked.Append(text, at, Math.Max(at, end) - at).ToString();
    }
}

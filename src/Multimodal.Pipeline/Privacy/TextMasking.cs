using System.Text;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Privacy;

/// <summary>Masks texts and what holds texts.</summary>
public static class TextMasking
{
    /// <summary>The text with everything replaced that is found in it; the same string where nothing is.</summary>
    public static string Apply(this ITextMask mask, string text)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(text);
        return Replace(text, mask.Find(text));
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

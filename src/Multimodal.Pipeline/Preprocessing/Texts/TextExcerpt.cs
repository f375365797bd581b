namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>The beginning of a text, for people.</summary>
internal static class TextExcerpt
{
    private const int Length = 80;

    public static string Of(string text)
    {
        if (text.Length <= Length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[Length - 1]) ? Length - 1 : Length;
        return text[..end] + "…";
    }
}

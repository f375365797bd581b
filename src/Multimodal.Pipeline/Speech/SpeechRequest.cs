using Microsoft.Extensions.AI;

namespace Multimodal.Pipeline.Speech;

/// <summary>What a caller can say of recordings that are to be transcribed, in the options of a request to their encoder.</summary>
public static class SpeechRequest
{
    private const string LanguageKey = "multimodal.language";

    /// <summary>The same options, or new ones, with the language that is spoken.</summary>
    /// <param name="options">What else is said; null: nothing.</param>
    /// <param name="language">A code that the model knows, as <c>en</c>; null: it is not said.</param>
    public static EmbeddingGenerationOptions? WithLanguage(EmbeddingGenerationOptions? options, string? language)
    {
        if (language is null)
        {
            return options;
        }

        var said = options?.Clone() ?? new EmbeddingGenerationOptions();
        (said.AdditionalProperties ??= [])[LanguageKey] = language;
        return said;
    }

    /// <summary>The language that options say; null where they do not.</summary>
    public static string? LanguageOf(EmbeddingGenerationOptions? options) => options?.AdditionalProperties?.GetValueOrDefault(LanguageKey) as string;
}

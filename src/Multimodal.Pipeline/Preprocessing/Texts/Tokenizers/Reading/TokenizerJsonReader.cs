namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>Reads <c>tokenizer.json</c> as Hugging Face's tokenizers write it.</summary>
internal static class TokenizerJsonReader
{
    public static TextTokenizer Read(ConfigNode root, TokenizerConfig config)
    {
        var model = ModelReader.Read(root.Get("model"));
        var truncation = root.Find("truncation");
        var padding = root.Find("padding");
        var fixedLength = padding?.Find("strategy") is { Element.ValueKind: System.Text.Json.JsonValueKind.Object } strategy
            ? strategy.Get("Fixed").AsCount()
            : (int?)null;
        var defaults = new TokenizerDefaults
        {
            MaximumLength = truncation?.Get("max_length").AsCount() ?? config.MaximumLength,
            CutsLeft = (truncation?.FindText("direction") ?? (config.CutsLeft ? "Left" : "Right")) == "Left",
            PaddedLength = fixedLength,
            PaddedMultiple = padding?.Find("pad_to_multiple_of")?.AsCount(),
            PadsLeft = (padding?.FindText("direction") ?? (config.PadsLeft ? "Left" : "Right")) == "Left",
            PaddingId = padding?.Find("pad_id")?.AsCount(),
            PaddingType = padding?.Find("pad_type_id")?.AsCount() ?? 0,
        };
        return new TextTokenizer(
            model,
            [.. (root.Find("added_tokens")?.Items() ?? []).Select(node => AddedTokenReader.Read(node))],
            root.Find("normalizer") is { } normalizer ? NormalizerReader.Read(normalizer) : null,
            root.Find("pre_tokenizer") is { } preTokenizer ? PreTokenizerReader.Read(preTokenizer) : null,
            root.Find("post_processor") is { } postProcessor ? PostProcessorReader.Read(postProcessor) : TokenTemplate.Bare,
            defaults,
            config);
    }
}

using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Pipeline.Tests.Golden;
using Multimodal.Testing;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;

/// <summary>The small tokenizers that <c>Golden/Tokenizers/generate.mjs</c> trained, and what the reference makes of texts with them.</summary>
internal static class TokenizerFixtures
{
    private static readonly ILookup<string, GoldenTokens> ByTokenizer =
        GoldenFile.Read<GoldenTokens>("Tokenizers/tokens.json").ToLookup(golden => golden.Tokenizer);

    public static string PathOf(string tokenizer, string file = "tokenizer.json") =>
        Path.Combine(TestPaths.Repository, "tests", "Multimodal.Pipeline.Tests", "Golden", "Tokenizers", tokenizer, file);

    public static TextTokenizer Load(string tokenizer, string file = "tokenizer.json") => TokenizerFiles.Load(PathOf(tokenizer, file));

    public static IEnumerable<GoldenTokens> Golden(string tokenizer) => ByTokenizer[tokenizer];
}

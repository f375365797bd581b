namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Tokenizers;

/// <summary>What the reference makes of a text.</summary>
internal sealed record GoldenTokens(string Tokenizer, string Text, int[] Ids, int[] Types, int[] Mask);

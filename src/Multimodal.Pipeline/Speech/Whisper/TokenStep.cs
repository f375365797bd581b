namespace Multimodal.Pipeline.Speech.Whisper;

/// <summary>A text that goes a token further.</summary>
/// <param name="Source">The row that it continues.</param>
/// <param name="Token">The next token.</param>
public readonly record struct TokenStep(int Source, int Token);

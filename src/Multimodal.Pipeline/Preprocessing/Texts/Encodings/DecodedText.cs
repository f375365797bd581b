namespace Multimodal.Pipeline.Preprocessing.Texts.Encodings;

/// <summary>A text file as characters.</summary>
/// <param name="Text">Well-formed UTF-16, without a byte order mark.</param>
/// <param name="Assumed">The encoding where nothing but the look of the bytes speaks for it; null where it is sure.</param>
internal sealed record DecodedText(string Text, string? Assumed);

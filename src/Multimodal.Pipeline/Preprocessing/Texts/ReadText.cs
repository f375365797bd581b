namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>The words of a file.</summary>
/// <param name="Text">Well-formed UTF-16.</param>
/// <param name="Notes">What was assumed to read it: an encoding, a format.</param>
internal sealed record ReadText(string Text, IReadOnlyList<string> Notes);

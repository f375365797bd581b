namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>A text in the form that its characters are looked up in.</summary>
/// <param name="Text">The cleaned text, cut to the greatest length; well-formed UTF-16.</param>
/// <param name="Characters">Unicode code points in <paramref name="Text"/>.</param>
/// <param name="CharactersBeforeCut">Unicode code points after cleaning and before the cut.</param>
internal sealed record CleanedText(string Text, int Characters, int CharactersBeforeCut);

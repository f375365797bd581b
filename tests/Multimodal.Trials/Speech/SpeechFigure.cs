namespace Multimodal.Trials.Speech;

/// <summary>What came of the strings of one condition.</summary>
/// <param name="Condition">How they were laid.</param>
/// <param name="Beam">The width of the search; 1: the best path.</param>
/// <param name="Strings">How many strings.</param>
/// <param name="Words">How many words.</param>
/// <param name="Edits">Insertions, deletions and substitutions.</param>
/// <param name="WordErrorRate">Edits in percent of the words.</param>
/// <param name="StringErrorRate">Strings with an error, in percent.</param>
internal sealed record SpeechFigure(string Condition, int Beam, int Strings, int Words, int Edits, double WordErrorRate, double StringErrorRate);

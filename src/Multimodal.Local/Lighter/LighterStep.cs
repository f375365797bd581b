namespace Multimodal.Local.Lighter;

/// <summary>A network as it was tried.</summary>
/// <param name="Spared">How many of its parts stay as they are.</param>
/// <param name="Bytes">What its files take.</param>
/// <param name="Likeness">How alike what it gives is to what the original gives.</param>
internal readonly record struct LighterStep(int Spared, long Bytes, Likeness Likeness);

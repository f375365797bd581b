namespace Multimodal.Privacy.Detection;

/// <summary>What a detector found.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Normal">The value in the form in which the same value is always written.</param>
internal readonly record struct Finding(int Start, int End, string Kind, string Normal);

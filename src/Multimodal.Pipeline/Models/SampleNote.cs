namespace Multimodal.Pipeline.Models;

/// <summary>What <c>samples.json</c> says of a sample.</summary>
/// <param name="Label">What it is about.</param>
/// <param name="Note">What it shows, for people.</param>
public sealed record SampleNote(string? Label = null, string? Note = null);

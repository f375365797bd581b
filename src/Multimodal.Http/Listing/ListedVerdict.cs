namespace Multimodal.Http.Listing;

/// <summary>A verdict on a list.</summary>
/// <param name="Task">The task.</param>
/// <param name="Label">The most probable label.</param>
/// <param name="Confidence">Its probability, 0 to 1.</param>
internal sealed record ListedVerdict(string Task, string Label, double Confidence);

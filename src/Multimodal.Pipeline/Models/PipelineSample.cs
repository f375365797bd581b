namespace Multimodal.Pipeline.Models;

/// <summary>A job that ships with a pipeline, to be tried.</summary>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Name">The sample's name.</param>
/// <param name="Files">The names of its files, sorted.</param>
/// <param name="Label">What it is about; null where that is not said.</param>
/// <param name="Note">What it shows, for people; null where that is not said.</param>
public sealed record PipelineSample(string Pipeline, string Name, IReadOnlyList<string> Files, string? Label = null, string? Note = null);

namespace Multimodal.Local.Fit.Data;

/// <summary>A job that it is known what to say of.</summary>
/// <param name="Name">Its path in the folder, with <c>/</c>.</param>
/// <param name="Files">Its inputs.</param>
/// <param name="Label">What is to be said.</param>
/// <param name="Group">What it shares with others, such as who speaks: they are never on both sides of a fold. Null: nothing.</param>
internal sealed record LabelledJob(string Name, IReadOnlyList<FileInfo> Files, string Label, string? Group);

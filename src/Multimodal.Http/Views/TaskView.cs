namespace Multimodal.Http.Views;

/// <summary>A task of a pipeline as it is answered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">What a classification chooses from; absent for other tasks.</param>
/// <param name="Index">The index that a retrieval keeps jobs in; absent for other tasks.</param>
internal sealed record TaskView(string Name, IReadOnlyList<string>? Labels, string? Index = null);

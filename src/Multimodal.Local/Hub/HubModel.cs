namespace Multimodal.Local.Hub;

/// <summary>A model at one commit.</summary>
/// <param name="Commit">The commit's id.</param>
/// <param name="Files">Every file of it.</param>
internal sealed record HubModel(string Commit, IReadOnlyList<HubFile> Files);

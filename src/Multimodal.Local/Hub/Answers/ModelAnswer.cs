namespace Multimodal.Local.Hub.Answers;

/// <summary>What the hub answers of a model, as far as it is read: <c>GET /api/models/{owner}/{name}/revision/{revision}?blobs=true</c>.</summary>
internal sealed record ModelAnswer(string? Sha = null, IReadOnlyList<FileAnswer>? Siblings = null);

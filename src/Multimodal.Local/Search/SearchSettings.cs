using Multimodal.Local.Serve.Settings;
using Multimodal.Pipeline.Retrieval.Jobs;

namespace Multimodal.Local.Search;

/// <summary>What <c>multimodal search</c> was asked for.</summary>
internal sealed record SearchSettings
{
    public string? Text { get; init; }

    public string? File { get; init; }

    public string? Job { get; init; }

    public required StorageChoice Storage { get; init; }

    public required string Pipeline { get; init; }

    public string? Index { get; init; }

    public required int Count { get; init; }

    public required string Models { get; init; }

    public required JobFilter Filter { get; init; }

    public bool Json { get; init; }
}

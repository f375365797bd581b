using Multimodal.Local.Hub;

namespace Multimodal.Local.Repository;

/// <summary>What <c>multimodal models pull</c> was asked for.</summary>
internal sealed record PullSettings
{
    public required HubSource Source { get; init; }

    public required string Models { get; init; }

    public string? Name { get; init; }

    public string Variant { get; init; } = "";

    public bool Update { get; init; }

    public string? Lock { get; init; }

    public string? Cache { get; init; }
}

namespace Multimodal.Local.Repository;

/// <summary>What <c>multimodal models add</c> was asked for.</summary>
internal sealed record AddSettings
{
    public required string Folder { get; init; }

    public required string Models { get; init; }

    public string? Name { get; init; }

    public string Variant { get; init; } = "";

    public bool Replace { get; init; }
}

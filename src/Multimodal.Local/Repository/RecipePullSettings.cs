namespace Multimodal.Local.Repository;

/// <summary>What <c>multimodal models pull</c> was asked for by the name of a recipe.</summary>
internal sealed record RecipePullSettings
{
    public required string Recipe { get; init; }

    public required string Models { get; init; }

    public string? Name { get; init; }

    /// <summary>The variant of every source's ONNX files; null: as the recipe has it.</summary>
    public string? Variant { get; init; }

    public bool Update { get; init; }

    public string? Lock { get; init; }

    public string? Cache { get; init; }
}

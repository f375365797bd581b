namespace Multimodal.Local.Inspection;

/// <summary>What <c>multimodal features</c> was asked for; one of pipeline, preprocessor and tokenizer is named.</summary>
internal sealed record FeaturesSettings
{
    public required IReadOnlyList<string> Files { get; init; }

    public string? Pipeline { get; init; }

    public string? Preprocessor { get; init; }

    public string? Tokenizer { get; init; }

    public required string Models { get; init; }

    public required string Output { get; init; }

    public FeatureStage Stage { get; init; }

    public bool Exact { get; init; }
}

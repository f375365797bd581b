namespace Multimodal.Local.Run;

/// <summary>What <c>multimodal run</c> was asked for.</summary>
internal sealed record RunSettings
{
    public required IReadOnlyList<string> Paths { get; init; }

    public required string Pipeline { get; init; }

    public required string Models { get; init; }

    public string? Output { get; init; }

    public bool Json { get; init; }

    public int Concurrency { get; init; } = 1;

    /// <summary>Labels that replace those of the jobs, or null.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>The method of fusion that replaces those of the jobs, or null.</summary>
    public string? Fusion { get; init; }
}

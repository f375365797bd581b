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
}

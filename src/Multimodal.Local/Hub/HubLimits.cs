namespace Multimodal.Local.Hub;

/// <summary>Bounds on what is fetched.</summary>
internal sealed record HubLimits
{
    /// <summary>The largest file, in bytes.</summary>
    public long MaximumFileBytes { get; init; } = 16L << 30;

    /// <summary>The most bytes of one pull.</summary>
    public long MaximumBytes { get; init; } = 32L << 30;

    /// <summary>The longest description of a model, in bytes.</summary>
    public int MaximumInfoBytes { get; init; } = 32 << 20;

    /// <summary>The most files that a description may name.</summary>
    public int MaximumFiles { get; init; } = 20_000;

    /// <summary>The most redirections of one request.</summary>
    public int MaximumRedirects { get; init; } = 5;

    /// <summary>The most attempts in a row that fetch nothing of a file.</summary>
    public int MaximumAttempts { get; init; } = 5;

    /// <summary>How long a connection may be silent.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause before a second attempt; later ones are longer.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);
}

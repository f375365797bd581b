namespace Multimodal.Trials.Fuzz;

/// <summary>How a fuzz trial goes.</summary>
internal sealed record FuzzTrialSettings
{
    /// <summary>Mutations in all; each format gets one at least.</summary>
    public int Mutations { get; init; } = 10_000;

    /// <summary>The seed of every format's first mutation; those that follow have the next ones.</summary>
    public int Seed { get; init; }

    /// <summary>The data folder, whose images are samples too; null: the repository's own samples alone.</summary>
    public string? Data { get; init; }

    /// <summary>The one format that is tried; null: all.</summary>
    public string? Only { get; init; }
}

namespace Multimodal.Local.Fit;

/// <summary>What <c>multimodal fit</c> was asked for.</summary>
internal sealed record FitSettings
{
    public required string Pipeline { get; init; }

    public required string Models { get; init; }

    /// <summary>The folder of labelled jobs.</summary>
    public required string Data { get; init; }

    /// <summary>The file of labels, or null.</summary>
    public string? Labels { get; init; }

    /// <summary>The name of the task that is made.</summary>
    public required string Task { get; init; }

    /// <summary>The name of the pipeline that is written; null: that of the pipeline and of the task.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a pipeline of that name gives way.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether the pipeline's own tasks are kept, and its fusion with them.</summary>
    public bool KeepTasks { get; init; }

    public int Folds { get; init; } = 5;

    public int Seed { get; init; }

    /// <summary>The share of wrong verdicts that may pass without a person; null: no decision is made.</summary>
    public double? Risk { get; init; }

    public string? Output { get; init; }

    public bool Json { get; init; }
}

using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Jobs;

/// <summary>What a job may say for itself, in <c>job.json</c> or when it is submitted.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record JobOptions
{
    /// <summary>How long nothing new must come before a job without expected inputs starts, in seconds, unless it says otherwise.</summary>
    public const double DefaultQuietSeconds = 10;

    /// <summary>How long a job waits for its inputs at the most, in seconds, unless it says otherwise.</summary>
    public const double DefaultDeadlineSeconds = 600;

    /// <summary>The pipeline's name; null for the host's default.</summary>
    public string? Pipeline { get; init; }

    /// <summary>The file names to wait for; null where the job starts after a quiet period.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>The quiet period in seconds, 0 to 3,600.</summary>
    public double QuietSeconds { get; set; } = DefaultQuietSeconds;

    /// <summary>The deadline in seconds after the start, 0 to 604,800.</summary>
    public double DeadlineSeconds { get; set; } = DefaultDeadlineSeconds;

    /// <summary>Whether somebody waits for the result, or others may go first where encoders are busy.</summary>
    public RequestPriority Priority { get; set; }

    /// <summary>The method of fusion, in place of the pipeline's own.</summary>
    public string? Fusion { get; init; }

    /// <summary>
    /// The labels of zero-shot classification, in place of the pipeline's own: 2 to 1,000 (1 where each is scored for itself), distinct,
    /// none blank or longer than 200 characters.
    /// </summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Fusion weights that replace the pipeline's own, by modality.</summary>
    public IReadOnlyDictionary<Modality, double>? Weights { get; init; }
}

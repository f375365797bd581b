namespace Multimodal.Orchestration.Retention;

/// <summary>How long what is stored is kept, in days after it was written. Null keeps it for good.</summary>
public sealed record RetentionOptions
{
    /// <summary>Uploads, and what is known of them; more than 0. A job can be run again over those that are there.</summary>
    public double? UploadDays { get; init; } = 30;

    /// <summary>Features; more than 0. They are made again from the upload where a job needs them.</summary>
    public double? FeatureDays { get; init; } = 7;

    /// <summary>Each input's embedding; more than 0. The result keeps its own copy beside it.</summary>
    public double? EmbeddingDays { get; init; } = 30;

    /// <summary>Refused uploads and the reasons; more than 0.</summary>
    public double? QuarantineDays { get; init; } = 30;

    /// <summary>Results and their embeddings; more than 0. What an index holds of a job goes with its result.</summary>
    public double? ResultDays { get; init; }

    /// <summary>
    /// Closed jobs as such; more than 0. With a job's record goes all that is left of it then, as if it had been deleted, but for a
    /// tombstone: its id can be used again.
    /// </summary>
    public double? RecordDays { get; init; }

    /// <summary>
    /// How long a job can be found in an index after its result stood; more than 0. Null, as it is, for as long as the result is kept.
    /// </summary>
    public double? IndexDays { get; init; }

    /// <summary>What became of a batch, after its end; more than 0. Its jobs are kept by their own periods.</summary>
    public double? BatchDays { get; init; } = 30;

    /// <summary>
    /// How long a tombstone stands, 8 days or more: longer than a job can wait for its inputs, so that nothing that began
    /// before the erasure is still at work when it goes.
    /// </summary>
    public double TombstoneDays { get; init; } = 30;

    /// <summary>Refuses periods that are out of their ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A period is.</exception>
    public void Validate()
    {
        foreach (var days in new[] { UploadDays, FeatureDays, EmbeddingDays, QuarantineDays, ResultDays, RecordDays, IndexDays, BatchDays })
        {
            if (days is { } given && !(given > 0))
            {
                throw new ArgumentOutOfRangeException(nameof(days), given, "A retention period is more than 0 days, or null.");
            }
        }

        if (!(TombstoneDays >= 8 && TombstoneDays <= 36_500))
        {
            throw new ArgumentOutOfRangeException(nameof(TombstoneDays), TombstoneDays, "A tombstone stands for 8 to 36,500 days.");
        }
    }
}

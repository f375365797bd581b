using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>What became of an encoder activity.</summary>
/// <param name="Modality">The modality.</param>
/// <param name="Encoded">How many inputs now have an embedding.</param>
/// <param name="Failed">How many have none; why lies in the store.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Error">Why the whole activity failed, or null.</param>
/// <param name="StartedAt">When it began; null where it failed.</param>
/// <param name="Encoding">Where the encoder's time went; null where all was found.</param>
public sealed record EncodeReport(
    Modality Modality,
    int Encoded,
    int Failed,
    double Milliseconds,
    JobError? Error = null,
    DateTimeOffset? StartedAt = null,
    EncodingReport? Encoding = null)
{
    /// <summary>The id of an encryption key that was not at hand; null where none was missing. The job then waits for it.</summary>
    public string? MissingKey { get; init; }

    private const int LongestReason = 500;

    /// <summary>The report of an activity that could encode nothing.</summary>
    public static EncodeReport OfFailure(Modality modality, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new EncodeReport(modality, 0, 0, 0, new JobError(
            JobError.EncoderFailed,
            $"The {modality.ToName()} encoder failed: {(reason.Length > LongestReason ? reason[..LongestReason] + "…" : reason)}",
            "See the host's log; run the job again once the cause is mended."));
    }
}

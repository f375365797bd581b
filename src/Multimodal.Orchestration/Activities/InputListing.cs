using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>What the store holds of a job, in numbers; the names lie in the store under the reference.</summary>
/// <param name="Reference">Names the stored list of receipts that this listing counts.</param>
/// <param name="Modalities">How many inputs of each modality are ready; none with 0.</param>
/// <param name="Refused">How many inputs were refused or failed.</param>
/// <param name="Awaited">How many inputs are expected, or uploaded but not yet preprocessed.</param>
/// <param name="Newest">When the newest upload came; null where there is none.</param>
public sealed record InputListing(
    string Reference, IReadOnlyList<ModalityCount> Modalities, int Refused, int Awaited, DateTimeOffset? Newest)
{
    /// <summary>How many inputs are ready.</summary>
    public int Ready => Modalities.Sum(count => count.Ready);
}

/// <summary>How many inputs of a modality are ready.</summary>
public sealed record ModalityCount(Modality Modality, int Ready);

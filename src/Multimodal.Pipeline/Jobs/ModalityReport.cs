using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Jobs;

/// <summary>One modality's part in a result.</summary>
public sealed record ModalityReport
{
    /// <summary>The modality.</summary>
    public required Modality Modality { get; init; }

    /// <summary>What became of it.</summary>
    public required ModalityState State { get; init; }

    /// <summary>Its share in the fusion, 0 to 1; null where it was not used.</summary>
    public double? Weight { get; init; }

    /// <summary>How many of its inputs were fused.</summary>
    public int Used { get; init; }

    /// <summary>What the tasks say to this modality alone.</summary>
    public IReadOnlyList<TaskOutcome> Outcomes { get; set; } = [];

    /// <summary>Why it failed as a whole.</summary>
    public JobError? Error { get; init; }

    /// <summary>Where the time of its encoding went; null where nothing was encoded anew.</summary>
    public EncodingReport? Encoding { get; init; }
}

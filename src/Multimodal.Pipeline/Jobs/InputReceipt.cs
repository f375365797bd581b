using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Jobs;

/// <summary>What became of one version of one upload.</summary>
public sealed record InputReceipt
{
    /// <summary>Which upload, which version of it.</summary>
    public required InputIdentity Input { get; init; }

    /// <summary>What became of it.</summary>
    public required InputState State { get; init; }

    /// <summary>The digest of the pipeline that it was preprocessed for.</summary>
    public required string PipelineDigest { get; init; }

    /// <summary>The modality that its content was recognised as; null where it was not.</summary>
    public Modality? Modality { get; init; }

    /// <summary>What was read of it.</summary>
    public InputFacts? Facts { get; init; }

    /// <summary>Why it is not ready.</summary>
    public InputError? Error { get; init; }

    /// <summary>When preprocessing began; null where it did not.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long preprocessing took, in milliseconds.</summary>
    public double Milliseconds { get; init; }
}

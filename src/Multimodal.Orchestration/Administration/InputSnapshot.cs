using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Orchestration.Administration;

/// <summary>What is known of an input of a job.</summary>
public sealed record InputSnapshot
{
    /// <summary>The file name.</summary>
    public required string Name { get; init; }

    /// <summary>How far it is.</summary>
    public required InputProgress State { get; init; }

    /// <summary>The version that is stored; null where none is.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether it came, or was changed, after the job was closed; a rerun takes it in.</summary>
    public bool Late { get; init; }

    /// <summary>What its content was recognised as; null where it was not.</summary>
    public Modality? Modality { get; init; }

    /// <summary>What was read of it.</summary>
    public InputFacts? Facts { get; init; }

    /// <summary>Why it is left out.</summary>
    public InputError? Error { get; init; }
}

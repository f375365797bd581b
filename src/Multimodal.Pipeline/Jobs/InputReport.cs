using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Pipeline.Jobs;

/// <summary>One input's part in a result.</summary>
public sealed record InputReport
{
    /// <summary>The file name.</summary>
    public required string Name { get; init; }

    /// <summary>The version of its content that the result was made of.</summary>
    public required string ETag { get; init; }

    /// <summary>What became of it.</summary>
    public required InputState State { get; init; }

    /// <summary>What its content was recognised as; null where it was not.</summary>
    public Modality? Modality { get; init; }

    /// <summary>What was read of it.</summary>
    public InputFacts? Facts { get; init; }

    /// <summary>Why it was left out.</summary>
    public InputError? Error { get; init; }
}

namespace Multimodal.Local.Evaluation.Data;

/// <summary>What is evaluated.</summary>
internal sealed record EvaluationData
{
    /// <summary>The pictures that the principal components are fitted on: none of them is tested.</summary>
    public required IReadOnlyList<byte[]> FittingPictures { get; init; }

    public required IReadOnlyList<LabelledPicture> Pictures { get; init; }

    public required IReadOnlyList<LabelledRecording> Recordings { get; init; }

    public required IReadOnlyList<LabelledText> Texts { get; init; }

    /// <summary>SHA-256 in lower-case hexadecimal of what was read, by what it is.</summary>
    public required IReadOnlyDictionary<string, string> Digests { get; init; }
}

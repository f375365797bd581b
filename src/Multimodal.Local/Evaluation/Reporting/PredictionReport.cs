namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>The verdicts on one modality's items alone, in their order; null where the item was refused.</summary>
internal sealed record PredictionReport
{
    public required IReadOnlyList<string> Names { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    public required IReadOnlyList<string?> Clean { get; init; }

    public required IReadOnlyList<string?> Degraded { get; init; }
}

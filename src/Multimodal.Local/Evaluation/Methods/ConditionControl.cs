using Multimodal.Local.Evaluation.Scoring;

namespace Multimodal.Local.Evaluation.Methods;

/// <summary>What came of dealing out a modality's items, in one condition.</summary>
/// <param name="Alone">The modality alone against the pairs' true labels.</param>
/// <param name="Together">All modalities against the pairs' true labels.</param>
/// <param name="Contribution">The modality's mean contribution to the probability of the true label, −1 to 1.</param>
internal sealed record ConditionControl(Trial Alone, Trial Together, double Contribution);

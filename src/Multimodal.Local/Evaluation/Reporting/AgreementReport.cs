using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>On how many clean items the verdict is the one that the training's own code gave.</summary>
/// <param name="Modality">The modality.</param>
/// <param name="Agreed">How many items agree.</param>
/// <param name="Total">How many items both have.</param>
/// <param name="Differing">The names of those that do not agree.</param>
internal sealed record AgreementReport(Modality Modality, int Agreed, int Total, IReadOnlyList<string> Differing);

using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Evaluation.Reporting;

/// <summary>What fusion gains where items are degraded: all three modalities against the best single one, on the same pairs and resamples.</summary>
/// <param name="BestSingle">The modality that alone is most often right on the degraded pairs.</param>
/// <param name="Count">How many pairs.</param>
/// <param name="Difference">The difference of the accuracies.</param>
internal sealed record GainReport(Modality BestSingle, int Count, Estimate Difference);

using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Explanation;

/// <summary>
/// How the probability of a verdict comes about: <paramref name="Prior"/> plus what each modality adds is the verdict's confidence.
/// </summary>
/// <param name="Prior">The label's probability before anything is known of the job, 0 to 1.</param>
/// <param name="Modalities">What each used modality adds, −1 to 1: its Shapley value over the subsets of the used modalities.</param>
public sealed record Contributions(double Prior, IReadOnlyDictionary<Modality, double> Modalities);

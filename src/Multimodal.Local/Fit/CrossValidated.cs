namespace Multimodal.Local.Fit;

/// <summary>What cross-validation gives.</summary>
/// <param name="Head">The head fitted on all jobs, at its temperature.</param>
/// <param name="Penalty">The λ that it was fitted with.</param>
/// <param name="Temperature">The temperature that it is at.</param>
/// <param name="Probabilities">What heads that never saw a job say of it, at temperatures of other jobs.</param>
internal sealed record CrossValidated(FittedHead Head, double Penalty, double Temperature, IReadOnlyList<double[]> Probabilities);

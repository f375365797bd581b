namespace Multimodal.Local.Bench.Resources;

/// <summary>What was measured under one setting, over all rounds.</summary>
/// <param name="Name">The setting, in words.</param>
/// <param name="Setting">The setting, as variables; empty where it is that of a new installation.</param>
/// <param name="PerSecond">Requests of the pipeline that is watched that were answered a second.</param>
/// <param name="P50Milliseconds">Half of them were answered within it.</param>
/// <param name="P99Milliseconds">99 of 100 were.</param>
/// <param name="BesidePerSecond">Items of the other pipeline a second, all its encoders together.</param>
internal sealed record ConditionPoint(
    string Name, string Setting, double PerSecond, double P50Milliseconds, double P99Milliseconds, double BesidePerSecond);

namespace Multimodal.Benchmarks.Jobs;

/// <summary>What is measured of whole jobs.</summary>
/// <param name="Models">The model repository.</param>
/// <param name="Pipeline">The pipeline; its samples are the jobs.</param>
/// <param name="Jobs">Jobs of a round.</param>
/// <param name="AtOnce">Jobs at once.</param>
/// <param name="Rounds">Rounds, in which jobs and bare sessions take turns.</param>
/// <param name="Threads">Numbers of threads that the runs of all encoders take together, which take turns as well; empty: the default alone.</param>
internal sealed record JobsSettings(string Models, string Pipeline, int Jobs, int AtOnce, int Rounds, IReadOnlyList<int> Threads);

namespace Multimodal.Benchmarks.Engine;

/// <summary>What is measured of the engine.</summary>
/// <param name="Models">The model repository.</param>
/// <param name="Pipelines">Which of its pipelines; null: all.</param>
/// <param name="Callers">Callers at once.</param>
/// <param name="Duration">For how long, each contender and round.</param>
/// <param name="Rounds">Rounds, in which the contenders take turns.</param>
/// <param name="LoneRuns">Pairs of a lone request and a run of the bare session.</param>
/// <param name="Requests">Further requests while memory is watched; 0: none.</param>
internal sealed record EngineSettings(string Models, IReadOnlyList<string>? Pipelines, int Callers, TimeSpan Duration, int Rounds, int LoneRuns, int Requests);

namespace Multimodal.Benchmarks.Compare;

/// <summary>What a comparison is given.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Modules">The folder that holds <c>node_modules</c>; null: none.</param>
/// <param name="Runs">Runs that count, of each contender and work.</param>
internal sealed record CompareSettings(string Data, string? Modules, int Runs);

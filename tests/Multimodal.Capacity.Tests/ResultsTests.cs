using Multimodal.Capacity.Reporting;
using Multimodal.Testing;

namespace Multimodal.Capacity.Tests;

/// <summary>What is committed is what the simulation gives.</summary>
public sealed class ResultsTests
{
    private const string Remedy = "Simulate anew: dotnet run -c Release --project tests/Multimodal.Capacity -- simulate.";

    [Fact]
    public void Bursts_CommittedResults_AreThoseOfTheSimulation() =>
        Assert.True(CapacityFiles.Results().Bursts.SequenceEqual(CapacityFiles.Study().Bursts()), Remedy);

    [Fact]
    public void Charts_CommittedFiles_AreDrawnFromTheCommittedResults()
    {
        var results = CapacityFiles.Results();

        Assert.All(Charts.Of(results), chart => Assert.Equal(chart.Svg, File.ReadAllText(Path.Combine(CapacityFiles.Folder, chart.File))));
        Assert.Equal(Tables.Write(results), File.ReadAllText(Path.Combine(CapacityFiles.Folder, "results.md")));
    }

    [Fact]
    public void Services_EveryLoad_IsKeptUpWith() =>
        Assert.All(CapacityFiles.Results().Services, row => Assert.True(row.P99 > 0, $"{row.Hardware}, {row.Scheduler}, {row.Load} jobs a second: {row.Busiest} {row.BusiestLoad}."));

    [Fact]
    public void Readme_ShowsEveryChart()
    {
        var page = File.ReadAllText(Path.Combine(TestPaths.Repository, "infra", "README.md"));

        Assert.All(Charts.Of(CapacityFiles.Results()), chart => Assert.Contains($"capacity/{chart.File}", page, StringComparison.Ordinal));
    }
}

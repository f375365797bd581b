using Multimodal.Testing;

namespace Multimodal.Architecture.Tests;

/// <summary>
/// Arrows point one way: Pipeline ← Orchestration ← Http ← hosts, Pipeline ← adapters ← hosts; adapters don't know each other.
/// </summary>
public sealed class ArchitectureTests
{
    private const string Pipeline = "Multimodal.Pipeline";
    private const string Orchestration = "Multimodal.Orchestration";
    private const string Http = "Multimodal.Http";

    private static readonly string[] Hosts = ["Multimodal.Local", "Multimodal.Functions"];

    private static readonly string[] Adapters =
        ["Multimodal.Audio.FFmpeg", "Multimodal.Onnx", "Multimodal.Imaging.Vips", "Multimodal.Imaging.ImageSharp", "Multimodal.Privacy", "Multimodal.Storage.Azure"];

    public static TheoryData<string> Projects => [.. ProjectFile.Source.Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_IsOneThatTheseRulesKnow(string name) =>
        Assert.Contains(name, (string[])[Pipeline, Orchestration, Http, .. Adapters, .. Hosts]);

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_PointOneWay(string name)
    {
        string[] allowed = name switch
        {
            Pipeline => [],
            Orchestration => [Pipeline],
            Http => [Pipeline, Orchestration],
            _ when Adapters.Contains(name) => [Pipeline],
            _ => [Pipeline, Orchestration, Http, .. Adapters],
        };

        Assert.Empty(Find(name).Projects.Except(allowed));
    }

    [Theory]
    [InlineData(Pipeline)]
    [InlineData(Orchestration)]
    [InlineData(Http)]
    public void Core_Packages_KnowNoCloudNoRuntimeNoHost(string name) =>
        Assert.DoesNotContain(Find(name).Packages, package =>
            package.StartsWith("Azure.", StringComparison.Ordinal)
            || package.Contains("OnnxRuntime", StringComparison.Ordinal)
            || package.StartsWith("Microsoft.Azure", StringComparison.Ordinal)
            || package.StartsWith("Microsoft.DurableTask", StringComparison.Ordinal)
            || package.StartsWith("NetVips", StringComparison.Ordinal)
            || package.StartsWith("FFMpegCore", StringComparison.Ordinal)
            || package.StartsWith("SixLabors", StringComparison.Ordinal)
            || package.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
            || package.EndsWith("Hosting", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void AspNetCore_IsKnownToHttpAndHostsAlone(string name) =>
        Assert.True(
            name == Http || Hosts.Contains(name) || !Find(name).Frameworks.Contains("Microsoft.AspNetCore.App"),
            $"{name} refers to ASP.NET Core.");

    [Fact]
    public void NativeOnnxRuntime_IsChosenByHostsAlone() =>
        Assert.All(
            ProjectFile.Source.Where(project => !Hosts.Contains(project.Name)),
            project => Assert.DoesNotContain(project.Packages, package => package is "Microsoft.ML.OnnxRuntime" or "Microsoft.ML.OnnxRuntime.Gpu"));

    [Fact]
    public void Orchestration_BansWhatBreaksReplay()
    {
        var project = Path.Combine(TestPaths.Repository, "src", Orchestration);
        var banned = File.ReadAllText(Path.Combine(project, "BannedSymbols.txt"));

        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", Find(Orchestration).Packages);
        Assert.Contains("BannedSymbols.txt", File.ReadAllText(Path.Combine(project, $"{Orchestration}.csproj")), StringComparison.Ordinal);
        Assert.All(
            (string[])["DateTimeOffset.UtcNow", "T:System.Random", "Task.Run(", "Task.Delay(", "ConfigureAwait", "Guid.NewGuid"],
            symbol => Assert.Contains(symbol, banned, StringComparison.Ordinal));
    }

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = File.ReadAllText(Path.Combine(TestPaths.Repository, "Multimodal.Functions.sln"));

        var missing = new[] { "src", "tests" }
            .SelectMany(ProjectFile.Find)
            .Where(project => !solution.Contains($"\\{Path.GetFileName(project)}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    private static ProjectFile Find(string name) => ProjectFile.Source.Single(project => project.Name == name);
}

using System.Text.RegularExpressions;

namespace Multimodal.Infra.Tests.Templates;

/// <summary>The templates compile without a complaint, linted by every rule, and are formatted as the compiler formats.</summary>
public sealed partial class BicepFileTests
{
    private static readonly Dictionary<string, string> AsAzdSetsThem = new(StringComparer.Ordinal)
    {
        ["AZURE_LOCATION"] = "swedencentral",
        ["AZURE_ENV_NAME"] = "test",
        ["RESOURCE_TOKEN"] = "abcdefghijklm",
        ["SERVICE_JOBS_IMAGE_NAME"] = "registry.example/jobs:1",
        ["SERVICE_ENCODERS_IMAGE_NAME"] = "registry.example/encoders:1",
    };

    public static TheoryData<string> Roots => [.. InfraPaths.BicepFiles.Where(file => !file.Contains('/') && file.EndsWith(".bicep", StringComparison.Ordinal))];

    public static TheoryData<string> Parameters => [.. InfraPaths.BicepFiles.Where(file => file.EndsWith(".bicepparam", StringComparison.Ordinal))];

    [Fact]
    public void Roots_TakeEveryModuleIn()
    {
        var named = InfraPaths.BicepFiles.Where(file => file.EndsWith(".bicep", StringComparison.Ordinal))
            .SelectMany(file => Module().Matches(InfraPaths.Read("infra", file))).Select(match => match.Groups["file"].Value);

        Assert.Empty(InfraPaths.BicepFiles.Where(file => file.Contains('/')).Select(file => file.Split('/')[^1]).Except(named));
    }

    [Theory]
    [MemberData(nameof(Roots))]
    public async Task Lint_TemplateWithItsModules_HasNoWarning(string file)
    {
        var run = await BicepTool.RunAsync(InfraPaths.Infra, AsAzdSetsThem, "lint", file);

        Assert.DoesNotMatch(Complaint(), run.Output + run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public async Task BuildParams_Parameters_HaveNoWarning(string file)
    {
        var run = await BicepTool.RunAsync(InfraPaths.Infra, AsAzdSetsThem, "build-params", file, "--stdout");

        Assert.DoesNotMatch(Complaint(), run.Errors);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("**/*.bicep")]
    [InlineData("*.bicepparam")]
    public async Task Format_Files_ChangesNothing(string pattern)
    {
        var folder = Directory.CreateTempSubdirectory("multimodal-infra-");
        try
        {
            foreach (var file in InfraPaths.BicepFiles.Append("bicepconfig.json"))
            {
                var copy = Path.Combine(folder.FullName, file);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(Path.Combine(InfraPaths.Infra, file), copy);
            }

            var run = await BicepTool.RunAsync(folder.FullName, AsAzdSetsThem, "format", "--pattern", pattern);

            Assert.True(run.ExitCode == 0, run.Errors);
            Assert.All(InfraPaths.BicepFiles, file => Assert.Equal(
                InfraPaths.Read("infra", file).ReplaceLineEndings("\n"), File.ReadAllText(Path.Combine(folder.FullName, file)).ReplaceLineEndings("\n")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"\) : (Warning|Error) ")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"(?:module \w+|from) '(?:modules/)?(?<file>[\w-]+\.bicep)'")]
    private static partial Regex Module();
}

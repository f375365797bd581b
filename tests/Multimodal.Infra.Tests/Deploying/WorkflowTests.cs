using System.Text.RegularExpressions;
using Multimodal.Infra.Tests.Images;
using Multimodal.Testing;

namespace Multimodal.Infra.Tests.Deploying;

public sealed partial class WorkflowTests
{
    private static readonly string Folder = Path.Combine(TestPaths.Repository, ".github", "workflows");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.yml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Workflows_AreThere() => Assert.Equal(["ci.yml", "deploy.yml"], Files.Select(row => row.Data));

    [Theory]
    [MemberData(nameof(Files))]
    public void Workflow_MayReadTheCode_AndSaysWhatElseItMay(string file)
    {
        var workflow = Yaml.Read(".github", "workflows", file);

        Assert.Equal("read", workflow.TextAt("permissions", "contents"));
        Assert.DoesNotContain("write-all", InfraPaths.Read(".github", "workflows", file), StringComparison.Ordinal);
        Assert.All(Jobs(workflow), job => Assert.True(job.Has("timeout-minutes")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Workflow_KeepsNoSecret(string file) =>
        Assert.DoesNotContain("secrets.", InfraPaths.Read(".github", "workflows", file), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Files))]
    public void Workflow_Actions_AreOfAVersion(string file) =>
        Assert.All(Steps(file).Where(step => step.Has("uses")), step => Assert.Matches(@"^[\w-]+/[\w./-]+@(v\d|\d+\.\d|[0-9a-f]{40})", step.TextAt("uses")));

    [Theory]
    [MemberData(nameof(Files))]
    public void Workflow_FilesOfTheRepository_Exist(string file)
    {
        var inputs = Steps(file).Where(step => step.Has("with")).SelectMany(step => step.MapAt("with"))
            .Where(input => input.Key is "file" or "context" or "global-json-file").Select(input => (string)input.Value);
        var scripts = Steps(file).Where(step => step.Has("run")).SelectMany(step => Script().Matches(step.TextAt("run"))).Select(match => match.Value);

        Assert.All(inputs.Concat(scripts), path => Assert.True(Path.Exists(Path.Combine(TestPaths.Repository, path)), path));
    }

    [Fact]
    public void Ci_TestsAndBuildsAndScansEveryImage()
    {
        var workflow = Yaml.Read(".github", "workflows", "ci.yml");

        Assert.Contains(Steps("ci.yml"), step => step.Has("run") && step.TextAt("run") == ".ci/run");
        Assert.Contains(Steps("ci.yml"), step => step.Has("uses") && step.TextAt("uses").StartsWith("aquasecurity/trivy-action@", StringComparison.Ordinal));
        Assert.Equal(["cpu", "gpu", "serve"], workflow.ListAt("jobs", "images", "strategy", "matrix", "target").Cast<string>());
        Assert.All(
            workflow.ListAt("jobs", "images", "strategy", "matrix", "target").Cast<string>(), target => Assert.NotNull(Dockerfile.Read().Find(target)));
    }

    [Fact]
    public void Deploy_LogsInByOpenIdConnect()
    {
        var workflow = Yaml.Read(".github", "workflows", "deploy.yml");

        Assert.Equal("write", workflow.TextAt("permissions", "id-token"));
        Assert.Contains(Steps("deploy.yml"), step => step.Has("run") && step.TextAt("run").Contains("--federated-credential-provider github", StringComparison.Ordinal));
        Assert.Contains(Steps("deploy.yml"), step => step.Has("run") && step.TextAt("run").Contains("azd provision", StringComparison.Ordinal));
        Assert.Contains(Steps("deploy.yml"), step => step.Has("run") && step.TextAt("run").Contains("azd deploy", StringComparison.Ordinal));
    }

    private static IEnumerable<object> Jobs(object workflow) => workflow.MapAt("jobs").Values;

    private static IEnumerable<object> Steps(string file) => Jobs(Yaml.Read(".github", "workflows", file)).SelectMany(job => job.ListAt("steps"));

    [GeneratedRegex(@"(?<=^|\s)\.ci/[\w/.-]+")]
    private static partial Regex Script();
}

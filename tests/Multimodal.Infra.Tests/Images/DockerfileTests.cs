using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Multimodal.Testing;

namespace Multimodal.Infra.Tests.Images;

public sealed partial class DockerfileTests
{
    private static readonly string[] Images = ["cpu", "gpu", "serve"];

    private static readonly Dockerfile File = Dockerfile.Read();

    public static TheoryData<string> Names => [.. Images];

    [Fact]
    public void Copies_OfTheContext_Exist()
    {
        var sources = File.Stages.SelectMany(stage => stage.Instructions)
            .Where(instruction => instruction.StartsWith("COPY ", StringComparison.Ordinal) && !instruction.Contains("--from=", StringComparison.Ordinal))
            .SelectMany(instruction => instruction.Split(' ')[1..^1])
            .Select(File.Expand)
            .ToArray();

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(Path.Combine(TestPaths.Repository, source)), $"COPY {source}"));
        Assert.All(sources, source => Assert.Contains($"!{source}", InfraPaths.Read(".dockerignore").Split('\n')));
    }

    [Fact]
    public void Copies_OfOtherStages_ComeFromStagesBefore()
    {
        var before = new HashSet<string>();
        foreach (var stage in File.Stages)
        {
            Assert.All(
                stage.Instructions.Select(instruction => CopyFrom().Match(instruction)).Where(match => match.Success),
                match => Assert.Contains(match.Groups["stage"].Value, before));
            before.Add(stage.Name);
        }
    }

    [Fact]
    public void Publish_NamesProjectsAndFilesThatExist()
    {
        var commands = File.Stages.SelectMany(stage => stage.Instructions).Where(instruction => instruction.Contains("dotnet publish", StringComparison.Ordinal)).ToArray();

        Assert.Equal(3, commands.Length);
        Assert.All(commands, command =>
        {
            Assert.True(Directory.Exists(Path.Combine(TestPaths.Repository, Project().Match(command).Groups["path"].Value)), command);
            Assert.All(
                HostJson().Matches(command),
                match => Assert.True(System.IO.File.Exists(Path.Combine(TestPaths.Repository, match.Groups["file"].Value)), command));
        });
    }

    [Fact]
    public void Publish_PropertiesOfTheApp_AreThoseThatItsProjectReads()
    {
        var project = InfraPaths.Read("src", "Multimodal.Functions", "Multimodal.Functions.csproj");

        var properties = File.Stages.SelectMany(stage => stage.Instructions).SelectMany(instruction => Property().Matches(instruction)).Select(match => match.Groups["name"].Value);
        Assert.Equal(["BlobTriggerSource", "HostJson", "OnnxRuntimeFlavor"], properties.Distinct().Order(StringComparer.Ordinal));
        Assert.All(properties, property => Assert.Contains($"$({property})", project, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Images_DoNotRunAsRoot(string name) => Assert.Matches("^[1-9][0-9]*$", File.Last(name, "USER"));

    [Theory]
    [MemberData(nameof(Names))]
    public void Images_HaveFFmpegAndModels(string name)
    {
        var instructions = File.Find(name)!.Instructions;

        Assert.Contains(instructions, instruction => instruction.StartsWith("RUN apt-get", StringComparison.Ordinal) && instruction.Contains(" ffmpeg", StringComparison.Ordinal));
        Assert.Contains("COPY ${MODELS} /models", instructions);
        Assert.Matches("(Models__Folder|MULTIMODAL_MODELS)=/models", File.Last(name, "ENV"));
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("gpu")]
    public void FunctionsImages_StartTheHost(string name)
    {
        Assert.Equal("[\"/azure-functions-host/Microsoft.Azure.WebJobs.Script.WebHost\"]", File.Last(name, "ENTRYPOINT"));
        Assert.Contains("AzureWebJobsScriptRoot=/home/site/wwwroot", File.Last(name, "ENV"), StringComparison.Ordinal);
        Assert.Contains($"COPY --from=build-{name} /app /home/site/wwwroot", File.Find(name)!.Instructions);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("gpu")]
    public void FunctionsImages_KeepTheHostsFilesWhereTheirUserMayWrite(string name)
    {
        var stage = File.Find(name)!;

        Assert.Contains(stage.Instructions, instruction => instruction.Contains("chown -R 1654:1654 /home /models", StringComparison.Ordinal));
        Assert.Equal("1654", File.Last(name, "USER"));
        Assert.All(
            (string[])["HOME=/home", "FUNCTIONS_SECRETS_PATH=/home/"], setting => Assert.Contains(setting, File.Last(name, "ENV"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cpu", "multimodal-functions-cpu")]
    [InlineData("gpu", "multimodal-functions-gpu")]
    [InlineData("serve", "multimodal")]
    public void Images_CarryTheirBillOfMaterials(string name, string bill)
    {
        var made = Assert.Single(File.Find($"build-{name}")!.Instructions, instruction => instruction.Contains("dotnet publish", StringComparison.Ordinal));

        Assert.Contains("dotnet-CycloneDX", made, StringComparison.Ordinal);
        Assert.Contains($"--output /sbom --filename {bill}.cdx.json", made, StringComparison.Ordinal);
        Assert.Contains($"COPY --from=build-{name} /sbom /usr/share/sbom", File.Find(name)!.Instructions);
    }

    [Fact]
    public void Serve_StartsTheCommand()
    {
        var entry = JsonSerializer.Deserialize<string[]>(File.Last("serve", "ENTRYPOINT")!)!;
        var assembly = XDocument.Load(Path.Combine(TestPaths.Repository, "src", "Multimodal.Local", "Multimodal.Local.csproj")).Descendants("AssemblyName").Single().Value;

        Assert.Equal(["dotnet", $"/app/{assembly}.dll", "serve"], entry[..3]);
    }

    [Fact]
    public void Gpu_HasTheCudaThatTheRuntimeWasBuiltFor()
    {
        // Microsoft.ML.OnnxRuntime.Gpu 1.31 links libcudart.so.13, and loads libcudnn.so.9.
        var version = PackageVersion("Microsoft.ML.OnnxRuntime.Gpu");

        Assert.StartsWith("1.31.", version, StringComparison.Ordinal);
        Assert.Matches(@"/cuda:13\.0\.", File.Arguments["CUDA"]);
        Assert.StartsWith("9.14.", File.Arguments["CUDNN"], StringComparison.Ordinal);
        Assert.Contains(File.Find("gpu")!.Instructions, instruction => instruction.Contains("libcudnn9-cuda-13", StringComparison.Ordinal) && instruction.Contains("libcublas-13-0", StringComparison.Ordinal));
    }

    [Fact]
    public void Bases_AreOfTheFrameworkOfTheProjects()
    {
        using var global = JsonDocument.Parse(InfraPaths.Read("global.json"));
        var sdk = global.RootElement.GetProperty("sdk").GetProperty("version").GetString()!;

        Assert.StartsWith($"{sdk[..5]}", File.Arguments["SDK"].Split(':')[1], StringComparison.Ordinal);
        Assert.Matches(@":10\.0\.\d+-noble$", File.Arguments["RUNTIME"]);
        Assert.EndsWith("isolated10.0", File.Arguments["HOST"], StringComparison.Ordinal);
        Assert.All(File.Arguments.Where(argument => argument.Key is "SDK" or "RUNTIME" or "HOST" or "CUDA"), argument => Assert.DoesNotContain("latest", argument.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void LastStage_IsTheImageThatIsAskedFor()
    {
        Assert.Equal("${IMAGE}", File.Stages[^1].From);
        Assert.NotNull(File.Find(File.Arguments["IMAGE"]));
    }

    private static string PackageVersion(string package) =>
        XDocument.Load(Path.Combine(TestPaths.Repository, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(element => element.Attribute("Include")?.Value == package).Attribute("Version")!.Value;

    [GeneratedRegex(@"^COPY --from=(?<stage>\S+) ")]
    private static partial Regex CopyFrom();

    [GeneratedRegex(@"dotnet publish (?<path>\S+)")]
    private static partial Regex Project();

    [GeneratedRegex(@"-p:HostJson=/source/(?<file>\S+)")]
    private static partial Regex HostJson();

    [GeneratedRegex(@"-p:(?<name>\w+)=")]
    private static partial Regex Property();
}

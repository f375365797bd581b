using System.Text.Json;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Provenance;
using Multimodal.Testing;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Pipeline.Tests.Models;

/// <summary>What the committed pipelines say of where they are from, and what a provenance may say.</summary>
public sealed class ProvenanceTests : IDisposable
{
    private const string Hash = "141d413de4f79377dcecfad075a7ba6f109da80cd0155a89f7867e6de54198d4";

    private readonly TextPipeline _pipeline = new();

    public static TheoryData<string> Committed => new(new ModelRepository(TestPaths.Models).List());

    public void Dispose() => _pipeline.Dispose();

    [Theory]
    [MemberData(nameof(Committed))]
    public void Scripts_OfACommittedPipeline_AreThoseThatItWasMadeBy(string name)
    {
        var folder = new ModelRepository(TestPaths.Models).Load(name);
        Assert.SkipWhen(folder.Definition.Provenance is null, $"'{name}' says nothing of where it is from.");

        // Those of other pipelines may have changed since, which is theirs to tell.
        var own = folder.Definition.Provenance!.Scripts.Where(scripts => scripts.Folder == "training").ToList();
        Assert.True(own.Count > 0 || folder.Definition.Provenance.Parents.Count > 0, "It names neither scripts of its own nor a parent.");
        Assert.All(own, scripts => Assert.Equal(ScriptDigest.Of(Path.Combine(folder.Path, scripts.Folder), scripts.Files), scripts.Sha256));
        Assert.NotEmpty(folder.Definition.Provenance.Seeds);
        Assert.Contains("torch", folder.Definition.Provenance.Versions.Keys);
        Assert.NotEmpty(folder.Definition.Provenance.Data);
    }

    [Fact]
    public void Of_Folder_IsTheDigestThatSha256SumGives()
    {
        var folder = Directory.CreateTempSubdirectory("multimodal-test-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "b.py"), "print(2)\n");
            File.WriteAllText(Path.Combine(folder.FullName, "a.py"), "print(1)\n");
            File.WriteAllText(Path.Combine(folder.FullName, "_.txt"), "none");

            // printf 'print(1)\n' > a.py; printf 'print(2)\n' > b.py; sha256sum *.py | sha256sum
            Assert.Equal("f0097d6f74c225f15455ceeaa4b1365315e4cac2a41f444ec4a1178e029d8c16", ScriptDigest.Of(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Load_WholeProvenance_IsReadAsItWasWritten()
    {
        var told = new PipelineProvenance
        {
            Date = new DateOnly(2026, 11, 26),
            Data = [new ProvenanceData { Name = "letters", License = "CC0-1.0", Source = "a pen", Sha256 = new Dictionary<string, string> { ["letters.txt"] = Hash } }],
            Scripts = [new ProvenanceScripts { Folder = "../others/training", Files = ["write.py"], Sha256 = Hash }],
            Seeds = new Dictionary<string, long> { ["order"] = long.MaxValue },
            Versions = new Dictionary<string, string> { ["python"] = "3.11.2" },
            Parents = [new ProvenanceParent { Name = "owner/name", Version = "abc", Files = new Dictionary<string, string> { ["model.onnx"] = Hash } }],
        };
        _pipeline.Write("1.0.0", change: definition => definition with { Provenance = told });

        var read = new ModelRepository(_pipeline.Root).Load(TextPipeline.Name).Definition;

        Assert.Equal(
            JsonSerializer.Serialize(read, PipelineJson.Default.PipelineDefinition),
            JsonSerializer.Serialize(read with { Provenance = told }, PipelineJson.Default.PipelineDefinition));
    }

    [Theory]
    [InlineData("")]
    [InlineData("141d413d")]
    [InlineData("zz1d413de4f79377dcecfad075a7ba6f109da80cd0155a89f7867e6de54198d4")]
    public void Load_HashThatIsNone_IsRefused(string hash)
    {
        foreach (var told in (PipelineProvenance[])
        [
            new() { Data = [new ProvenanceData { Name = "letters", Sha256 = new Dictionary<string, string> { ["a"] = hash } }] },
            new() { Scripts = [new ProvenanceScripts { Folder = "training", Sha256 = hash }] },
            new() { Parents = [new ProvenanceParent { Name = "other", Sha256 = hash }] },
            new() { Parents = [new ProvenanceParent { Name = "other", Files = new Dictionary<string, string> { ["a"] = hash } }] },
        ])
        {
            Assert.Contains("which is not 64 hexadecimal digits", Refusal(told), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/etc", null)]
    [InlineData("..", null)]
    [InlineData("../..", null)]
    [InlineData("training/../../..", null)]
    [InlineData("a//b", null)]
    [InlineData("C:\\training", null)]
    [InlineData("training", "../train.py")]
    [InlineData("training", "/dev/zero")]
    [InlineData("training", "train.sh")]
    public void Load_ScriptsOutsideOfTheRepository_AreRefused(string folder, string? file) =>
        Assert.Contains(
            "must lie in the pipeline's folder",
            Refusal(new PipelineProvenance { Scripts = [new ProvenanceScripts { Folder = folder, Files = file is null ? null : [file], Sha256 = Hash }] }),
            StringComparison.Ordinal);

    private string Refusal(PipelineProvenance told)
    {
        _pipeline.Write("1.0.0", change: definition => definition with { Provenance = told });
        return Assert.Throws<PipelineException>(() => new ModelRepository(_pipeline.Root).Load(TextPipeline.Name)).Message;
    }
}

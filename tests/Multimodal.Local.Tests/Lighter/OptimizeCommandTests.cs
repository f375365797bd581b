using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Multimodal.Local.Lighter.Reporting;
using Multimodal.Local.Tests.Run;
using Multimodal.Pipeline.Models;
using Multimodal.Testing;

namespace Multimodal.Local.Tests.Lighter;

/// <summary><c>multimodal models optimize</c> as people call it.</summary>
public sealed class OptimizeCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optimize-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Models => _folder.CreateSubdirectory("models").FullName;

    [Fact]
    public async Task Optimize_Digits_IsAThirdOfTheSizeAndVerifies()
    {
        var digits = CopyDigits();
        await File.WriteAllTextAsync(Path.Combine(digits, "LICENSE.txt"), "terms", Token);
        var jobs = MakeJobs(digits);

        var report = await OptimizeAsync("digits", "--data", jobs, "--quick");

        Assert.Equal(("digits-int8", "1.1.0+int8", "int8"), (report.Name, report.Version, report.Precision));
        Assert.InRange(report.Graphs.Share, 0.2, 0.3);
        Assert.InRange(report.Files.Share, 0.2, 0.3);
        Assert.All(report.Networks, network => Assert.InRange(network.LeastCosine, 0.999, 1));
        Assert.All(report.Networks, network => Assert.All(network.Parts, part => Assert.Equal("8-bit weights", part.Treatment)));
        Assert.InRange(report.FusedCosine!.Value, 0.999, 1);
        Assert.Equal([("jobs", 3, 3, 3, 0)], report.Accuracy!.Select(row => (row.Items, row.Count, row.Before, row.After, row.Changed)));
        var made = Path.Combine(Models, "digits-int8");
        Assert.Equal("terms", await File.ReadAllTextAsync(Path.Combine(made, "LICENSE.txt"), Token));
        Assert.True(File.Exists(Path.Combine(made, "samples", "seven-all-agree", "note.txt")));
        Assert.True(File.Exists(Path.Combine(made, "evaluation", "texts.jsonl")));
        var card = await File.ReadAllTextAsync(Path.Combine(made, "README.md"), Token);
        Assert.Contains("made lighter by `multimodal models optimize digits --precision int8 --minimum-cosine 0.99`", card, StringComparison.Ordinal);
        Assert.Contains(await File.ReadAllTextAsync(Path.Combine(digits, "README.md"), Token), card, StringComparison.Ordinal);
        foreach (var chart in Directory.EnumerateFiles(Path.Combine(_folder.FullName, "report"), "*.svg"))
        {
            Assert.Equal("svg", XDocument.Load(chart).Root!.Name.LocalName);
        }

        // Its references are the original's.
        var before = new ModelRepository(Models).Load("digits");
        var after = new ModelRepository(Models).Load("digits-int8");
        Assert.Equal(before.Definition.Files["image-reference.safetensors"], after.Definition.Files["image-reference.safetensors"]);
        var verified = await MultimodalCommand.RunAsync("models", "verify", "digits-int8", "--models", Models);
        Assert.Equal((ExitCodes.Success, ""), (verified.ExitCode, verified.Notes));
        var again = await MultimodalCommand.RunAsync("run", Path.Combine(made, "samples", "seven-all-agree"), "--pipeline", "digits-int8", "--models", Models, "--out", Path.Combine(_folder.FullName, "out"));
        Assert.Equal(ExitCodes.Success, again.ExitCode);
    }

    [Theory]
    [InlineData("planted.onnx")]
    [InlineData("planted-outside.onnx", "planted-outside.bin")]
    public async Task Optimize_WeightsThatEightBitsRuin_AreFoundAndSpared(string model, params string[] more)
    {
        MakePlanted(model, more);

        var report = await OptimizeAsync("planted", "--rounds", "1");

        var network = Assert.Single(report.Networks);
        Assert.Equal([("sound", "8-bit weights"), ("planted", "spared")], network.Parts.Select(part => (part.Id, part.Treatment)));
        Assert.InRange(network.Parts[0].Loss!.Value, 0, 0.01);
        Assert.InRange(network.Parts[1].Loss!.Value, 0.5, 2);
        Assert.Equal([0, 1], network.Steps.Select(step => step.Spared));
        Assert.InRange(network.Steps[0].LeastCosine, -1, 0.5);
        Assert.InRange(network.LeastCosine, 0.99, 1);
        Assert.Equal([1, 8], network.Speed!.Batches.Select(point => point.Batch));

        // What lay outside is within the new file.
        var made = new ModelRepository(Models).Load("planted-int8");
        Assert.Equal([model], made.Definition.Files.Keys);
        Assert.InRange(new FileInfo(made.PathOf(model)).Length, (49 * 64) + (64 * 32 * 4), (49 * 64) + (64 * 32 * 4) + 2000);
    }

    [Theory]
    [InlineData("fp16")]
    [InlineData("fp16-weights")]
    public async Task Optimize_Halves_AreHalfTheSize(string precision)
    {
        MakePlanted("planted.onnx", []);

        var report = await OptimizeAsync("planted", "--precision", precision, "--rounds", "0", "--output", "halves", "--quick");

        Assert.Equal("halves", report.Name);
        Assert.InRange(report.Graphs.Share, 0.5, 0.55);
        var network = Assert.Single(report.Networks);
        Assert.InRange(network.LeastCosine, 0.9999, 1);
        Assert.All(network.Parts, part => Assert.Null(part.Loss));
    }

    [Fact]
    public async Task Optimize_NothingKeepsTheCosine_WritesNothing()
    {
        MakePlanted("planted.onnx", []);

        var run = await MultimodalCommand.RunAsync("models", "optimize", "planted", "--models", Models, "--minimum-cosine", "1");

        Assert.Equal(ExitCodes.PipelineUnusable, run.ExitCode);
        Assert.Contains("No weights of 'planted' can be made lighter at a cosine of 1", run.Notes, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", run.Notes, StringComparison.Ordinal);
        Assert.Equal(["planted"], Directory.EnumerateFileSystemEntries(Models).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Optimize_NameThatIsTaken_IsRefusedBeforeTheWork()
    {
        MakePlanted("planted.onnx", []);

        var run = await MultimodalCommand.RunAsync("models", "optimize", "planted", "--models", Models, "--output", "planted");

        Assert.Equal(ExitCodes.PipelineUnusable, run.ExitCode);
        Assert.Contains("There is a pipeline 'planted'", run.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--data", "/nowhere")]
    [InlineData("--precision", "int4")]
    [InlineData("--minimum-cosine", "1.5")]
    public async Task Optimize_WrongUsage_IsRefused(string option, string value)
    {
        MakePlanted("planted.onnx", []);

        Assert.Equal(ExitCodes.Usage, (await MultimodalCommand.RunAsync("models", "optimize", "planted", "--models", Models, option, value)).ExitCode);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<OptimizeReport> OptimizeAsync(string pipeline, params string[] more)
    {
        var output = Path.Combine(_folder.FullName, "report");
        var run = await MultimodalCommand.RunAsync(["models", "optimize", pipeline, "--models", Models, "--out", output, .. more.Contains("--rounds") ? more : [.. more, "--rounds", "0"]]);
        Assert.True(run.ExitCode == ExitCodes.Success, run.Notes);
        Assert.Contains("Written", run.Results, StringComparison.Ordinal);
        return JsonSerializer.Deserialize(await File.ReadAllTextAsync(Path.Combine(output, "optimize.json"), Token), OptimizeJson.Default.OptimizeReport)!;
    }

    private string CopyDigits()
    {
        var (source, target) = (Path.Combine(TestPaths.Models, "digits"), Path.Combine(Models, "digits"));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    // Three samples as labelled jobs: LABEL/JOB/files.
    private string MakeJobs(string digits)
    {
        var jobs = Path.Combine(_folder.FullName, "jobs");
        foreach (var (label, sample) in (IEnumerable<(string, string)>)[("7", "seven-all-agree"), ("3", "three-german"), ("8", "eight-mu-law")])
        {
            var job = Directory.CreateDirectory(Path.Combine(jobs, label, sample)).FullName;
            foreach (var file in Directory.EnumerateFiles(Path.Combine(digits, "samples", sample)))
            {
                File.Copy(file, Path.Combine(job, Path.GetFileName(file)));
            }
        }

        return jobs;
    }

    private void MakePlanted(string model, string[] more)
    {
        var folder = Path.Combine(Models, "planted");
        var sample = Directory.CreateDirectory(Path.Combine(folder, "samples", "one")).FullName;
        foreach (var picture in Directory.EnumerateFiles(Path.Combine(TestPaths.Models, "digits", "samples", "seven-all-agree"), "*.*").Where(file => Path.GetExtension(file) is ".png" or ".jpg" or ".jpeg"))
        {
            File.Copy(picture, Path.Combine(sample, Path.GetFileName(picture)));
        }

        var files = new JsonObject();
        foreach (var file in more.Prepend(model))
        {
            var bytes = File.ReadAllBytes(Path.Combine(TestPaths.Repository, "tests", "Multimodal.Local.Tests", "Lighter", file));
            File.WriteAllBytes(Path.Combine(folder, file), bytes);
            files[file] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        }

        var definition = JsonNode.Parse("""
            {
              "schema": 1, "name": "planted", "version": "1.0.0", "fusion": { "method": "weighted" }, "tasks": [],
              "encoders": { "image": { "model": "", "dimensions": 32, "preprocessing":
                { "kind": "glyph", "size": 28, "box": 20, "maximumSide": 256, "mean": 0.1307, "standardDeviation": 0.3081 } } }
            }
            """)!;
        definition["encoders"]!["image"]!["model"] = model;
        definition["files"] = files;
        File.WriteAllText(Path.Combine(folder, "pipeline.json"), definition.ToJsonString());
    }
}

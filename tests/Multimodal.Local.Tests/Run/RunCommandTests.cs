using System.Text;
using System.Text.Json;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;

namespace Multimodal.Local.Tests.Run;

/// <summary>The command on the pipeline <c>digits</c>, end to end.</summary>
public sealed class RunCommandTests : IDisposable
{
    private static readonly string Samples = Path.Combine(TestPaths.Models, "digits", "samples");
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Samples_EveryVerdictIsRight()
    {
        using var expected = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(TestPaths.Models, "digits", "samples.json"), Token));

        var output = await MultimodalCommand.RunAsync("run", Samples, "--json");

        Assert.Equal(ExitCodes.Success, output.ExitCode);
        var results = Results(output.Results);
        Assert.True(results.Count >= 8);
        Assert.Equal(Directory.GetDirectories(Samples).Length, results.Count);
        Assert.All(results, result =>
        {
            Assert.Equal(JobOutcomeStatus.Succeeded, result.Status);
            Assert.Equal(expected.RootElement.GetProperty(result.JobId.Value).GetProperty("label").GetString(), Verdict(result).Label);
        });
    }

    [Fact]
    public async Task Run_SampleJobs_ShowWhatTheIssueOfEachIs()
    {
        var results = Results((await MultimodalCommand.RunAsync("run", Samples, "--json")).Results);

        Assert.Contains(results, result => result.Modalities.Any(modality => modality.State == ModalityState.Missing));
        Assert.Contains(results, result => result.Modalities.Any(modality => modality is { Modality: Modality.Image, Used: 2 }));
        Assert.Contains(results, result =>
            result.Modalities.Select(modality => modality.Outcomes).OfType<IReadOnlyList<TaskOutcome>>()
                .SelectMany(outcomes => outcomes).Cast<ClassificationOutcome>().Select(outcome => outcome.Label).Distinct().Count() > 1);
        Assert.All(results, result => Assert.Equal(1, result.Fusion!.Weights!.Values.Sum(), 9));
    }

    [Fact]
    public async Task Run_Out_WritesResultAndEmbeddings()
    {
        var job = Directory.GetDirectories(Samples)[0];

        var output = await MultimodalCommand.RunAsync("run", job, "--out", _folder);

        Assert.Equal(ExitCodes.Success, output.ExitCode);
        var results = Path.Combine(_folder, "results", Path.GetFileName(job));
        var result = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(results, "result.json"), Token), PipelineJson.Default.JobResult)!;
        var embeddings = Safetensors.Read(await File.ReadAllBytesAsync(Path.Combine(results, "embeddings.safetensors"), Token));
        Assert.Equal([128], embeddings.Tensors["fused"].Shape);
        Assert.All(result.Inputs, input => Assert.Contains($"inputs/{input.Name}", embeddings.Tensors));
        Assert.Contains(Verdict(result).Label, output.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutAgain_IsTheNextRevisionWithTheSameVerdict()
    {
        var job = Directory.GetDirectories(Samples)[0];

        var first = Results((await MultimodalCommand.RunAsync("run", job, "--out", _folder, "--json")).Results).Single();
        var second = Results((await MultimodalCommand.RunAsync("run", job, "--out", _folder, "--json")).Results).Single();

        Assert.Equal((1, 2), (first.Revision, second.Revision));
        Assert.Equal(Verdict(first).Confidence, Verdict(second).Confidence);
    }

    [Fact]
    public async Task Run_BadInputs_AreNamedAndTheOthersGoOn()
    {
        var job = Directory.CreateDirectory(Path.Combine(_folder, "mixed")).FullName;
        await File.WriteAllTextAsync(Path.Combine(job, "note.txt"), "please take seven", Token);
        await File.WriteAllBytesAsync(Path.Combine(job, "empty.png"), [], Token);
        await File.WriteAllBytesAsync(Path.Combine(job, "corrupt.jpg"), [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4, 5, 6, 7, 8], Token);
        await File.WriteAllTextAsync(Path.Combine(job, "mislabelled.wav"), "seven", Token);
        await File.WriteAllBytesAsync(Path.Combine(job, "unsupported.zip"), [0x50, 0x4B, 3, 4, 0, 0, 0, 0], Token);
        await using (var giant = File.Create(Path.Combine(job, "giant.bin")))
        {
            giant.SetLength((64L << 20) + 1);
        }

        var output = await MultimodalCommand.RunAsync("run", job, "--json");

        var result = Results(output.Results).Single();
        Assert.Equal(ExitCodes.Success, output.ExitCode);
        Assert.Equal(JobOutcomeStatus.Partial, result.Status);
        Assert.Equal("7", Verdict(result).Label);
        var errors = result.Inputs.Where(input => input.Error is not null).ToDictionary(input => input.Name, input => input.Error!);
        Assert.Equal(InputErrorCodes.Empty, errors["empty.png"].Code);
        Assert.Equal(InputErrorCodes.Corrupt, errors["corrupt.jpg"].Code);
        Assert.Equal(InputErrorCodes.Unsupported, errors["unsupported.zip"].Code);
        Assert.Equal(InputErrorCodes.TooLarge, errors["giant.bin"].Code);
        Assert.All(errors, error => Assert.Contains(error.Key, error.Value.Message, StringComparison.Ordinal));
        Assert.Equal(Modality.Text, result.Inputs.Single(input => input.Name == "mislabelled.wav").Modality);
    }

    [Fact]
    public async Task Run_NoUsableInput_FailsThatJobAndSaysWhy()
    {
        var jobs = Directory.CreateDirectory(Path.Combine(_folder, "jobs")).FullName;
        Directory.CreateDirectory(Path.Combine(jobs, "hopeless"));
        await File.WriteAllBytesAsync(Path.Combine(jobs, "hopeless", "empty.txt"), [], Token);
        Directory.CreateDirectory(Path.Combine(jobs, "good"));
        await File.WriteAllTextAsync(Path.Combine(jobs, "good", "note.txt"), "number four", Token);

        var output = await MultimodalCommand.RunAsync("run", jobs);

        Assert.Equal(ExitCodes.JobFailed, output.ExitCode);
        Assert.Contains("empty.txt", output.Results, StringComparison.Ordinal);
        Assert.Contains("digit 4", output.Results, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_JobJson_SetsOptions()
    {
        var job = Directory.CreateDirectory(Path.Combine(_folder, "weighted")).FullName;
        File.Copy(Directory.GetFiles(Path.Combine(Samples, "three-picture-only"))[0], Path.Combine(job, "picture.png"));
        await File.WriteAllTextAsync(Path.Combine(job, "note.txt"), "gate nine", Token);
        await File.WriteAllTextAsync(Path.Combine(job, "job.json"), """{ "weights": { "image": 0, "text": 1 } }""", Token);

        var result = Results((await MultimodalCommand.RunAsync("run", job, "--json")).Results).Single();

        Assert.Equal("9", Verdict(result).Label);
        Assert.Equal(0, result.Fusion!.Weights![Modality.Image]);
    }

    [Theory]
    [InlineData("run", "no/such/folder")]
    [InlineData("run")]
    [InlineData("run", ".", "--no-such-option")]
    [InlineData("run", ".", "--concurrency", "0")]
    [InlineData("run", ".", "--concurrency", "abc")]
    [InlineData("runn")]
    public async Task Run_WrongUsage_HasItsExitCode(params string[] arguments)
    {
        var output = await MultimodalCommand.RunAsync(arguments);

        Assert.Equal(ExitCodes.Usage, output.ExitCode);
        Assert.NotEmpty(output.Notes);
    }

    [Fact]
    public async Task Run_UnknownPipeline_IsRefusedWithThoseThatAreThere()
    {
        var output = await MultimodalCommand.RunAsync("run", Samples, "--pipeline", "no-such");

        Assert.Equal(ExitCodes.PipelineUnusable, output.ExitCode);
        Assert.Contains("'no-such'", output.Notes, StringComparison.Ordinal);
        Assert.Contains("digits", output.Notes, StringComparison.Ordinal);
        Assert.Empty(output.Results);
    }

    [Fact]
    public async Task Run_ModelFileChanged_IsRefusedWithPathAndBothHashes()
    {
        var models = Directory.CreateDirectory(Path.Combine(_folder, "models", "digits")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(TestPaths.Models, "digits")))
        {
            File.Copy(file, Path.Combine(models, Path.GetFileName(file)));
        }

        var tampered = Path.Combine(models, "image-encoder.onnx");
        var bytes = await File.ReadAllBytesAsync(tampered, Token);
        var declared = Hash(bytes);
        bytes[^1] ^= 1;
        await File.WriteAllBytesAsync(tampered, bytes, Token);

        var output = await MultimodalCommand.RunAsync("run", Samples, "--models", Path.Combine(_folder, "models"));

        Assert.Equal(ExitCodes.PipelineUnusable, output.ExitCode);
        Assert.Contains(tampered, output.Notes, StringComparison.Ordinal);
        Assert.Contains(declared, output.Notes, StringComparison.Ordinal);
        Assert.Contains(Hash(bytes), output.Notes, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private static List<JobResult> Results(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(line), PipelineJson.Default.JobResult)!)];

    private static ClassificationOutcome Verdict(JobResult result) => (ClassificationOutcome)result.Outcomes[0];
}

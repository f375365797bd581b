using System.Text.Json;
using Multimodal.Local.Tests.Run;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Local.Tests.Repository;

/// <summary>The commands of the model repository as people call them, and jobs on what they add.</summary>
public sealed class ModelsCommandTests : IDisposable
{
    private static readonly string Sample = Path.Combine(TestPaths.Models, "digits", "samples", "seven-all-agree");
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Models => Path.Combine(_folder, "models");

    [Theory]
    [InlineData("clip", "image text", 6)]
    [InlineData("clap", "text audio", 6)]
    [InlineData("bert", "text", 8)]
    [InlineData("vit", "image", 8)]
    [InlineData("whisper", "audio", 8)]
    public async Task AddAndRun_Folder_GivesEmbeddings(string model, string modalities, int dimensions)
    {
        var job = Job(modalities.Split(' '));
        var added = await MultimodalCommand.RunAsync("models", "add", SmallModels.FolderOf(model), "--name", "my-model", "--models", Models);
        Assert.Equal((ExitCodes.Success, ""), (added.ExitCode, added.Notes));
        Assert.Contains("my-model", added.Results, StringComparison.Ordinal);

        var run = await MultimodalCommand.RunAsync("run", job, "--pipeline", "my-model", "--models", Models, "--out", Path.Combine(_folder, "out"));

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Contains($"embedding of {dimensions} dimensions", run.Results, StringComparison.Ordinal);
        var results = Path.Combine(_folder, "out", "results", "job");
        var result = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(results, "result.json"), Token), PipelineJson.Default.JobResult)!;
        Assert.Equal(JobOutcomeStatus.Succeeded, result.Status);
        Assert.Empty(result.Outcomes);
        Assert.All(result.Modalities, modality => Assert.Equal(ModalityState.Used, modality.State));
        var embeddings = Safetensors.Read(await File.ReadAllBytesAsync(Path.Combine(results, "embeddings.safetensors"), Token));
        Assert.Equal([dimensions], embeddings.Tensors["fused"].Shape);
        Assert.Equal(modalities.Split(' ').Length, embeddings.Tensors.Keys.Count(name => name.StartsWith("inputs/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task List_Repository_SaysWhatIsIntact()
    {
        await MultimodalCommand.RunAsync("models", "add", SmallModels.FolderOf("vit"), "--models", Models);
        await MultimodalCommand.RunAsync("models", "add", SmallModels.FolderOf("bert"), "--models", Models);

        var good = await MultimodalCommand.RunAsync("models", "list", "--models", Models);
        await File.AppendAllTextAsync(Path.Combine(Models, "bert", "tokenizer.json"), " ", Token);
        var damaged = await MultimodalCommand.RunAsync("models", "list", "--models", Models);

        Assert.Equal(ExitCodes.Success, good.ExitCode);
        Assert.Contains("3 intact", good.Results, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.PipelineUnusable, damaged.ExitCode);
        Assert.Contains("unusable", damaged.Results, StringComparison.Ordinal);
        Assert.Contains("tokenizer.json", damaged.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Remove_Pipeline_AsksOrIsTold()
    {
        await MultimodalCommand.RunAsync("models", "add", SmallModels.FolderOf("vit"), "--models", Models);

        Assert.Equal(ExitCodes.Usage, (await MultimodalCommand.RunAsync("models", "remove", "vit", "--models", Models)).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await MultimodalCommand.RunAsync("models", "remove", "../vit", "--yes", "--models", Models)).ExitCode);
        Assert.True(Directory.Exists(Path.Combine(Models, "vit")));
        Assert.Equal(ExitCodes.Success, (await MultimodalCommand.RunAsync("models", "remove", "vit", "--yes", "--models", Models)).ExitCode);
        Assert.False(Directory.Exists(Path.Combine(Models, "vit")));
    }

    [Fact]
    public async Task Add_Refused_HasItsExitCodeAndOneMessage()
    {
        var folder = SmallModels.Copy("clip", Path.Combine(_folder, "source"));
        File.Delete(Path.Combine(folder, "preprocessor_config.json"));

        var unusable = await MultimodalCommand.RunAsync("models", "add", folder, "--models", Models);
        var absent = await MultimodalCommand.RunAsync("models", "add", Path.Combine(_folder, "absent"), "--models", Models);
        var unreachable = await MultimodalCommand.RunAsync("models", "pull", "owner/name", "--models", Models);

        Assert.Equal(ExitCodes.PipelineUnusable, unusable.ExitCode);
        Assert.Contains("preprocessor_config.json", Assert.Single(unusable.Notes.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, absent.ExitCode);
        Assert.Equal(ExitCodes.Usage, unreachable.ExitCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Job(string[] modalities)
    {
        var job = Directory.CreateDirectory(Path.Combine(_folder, "job")).FullName;
        foreach (var (modality, file) in (ReadOnlySpan<(string, string)>)[("image", "picture.png"), ("text", "note.txt"), ("audio", "speech.wav")])
        {
            if (modalities.Contains(modality))
            {
                File.Copy(Path.Combine(Sample, file), Path.Combine(job, file));
            }
        }

        return job;
    }
}

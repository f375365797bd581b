using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Multimodal.Local.Hub;
using Multimodal.Local.Repository;
using Multimodal.Local.Tests.Run;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Recipes;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Local.Tests.Hub;

/// <summary>The recipes that come with the program, whole: from a hub that keeps small models in the layouts of the real ones to a job's result.</summary>
public sealed class RecipeTests : IDisposable
{
    private static readonly string Sample = Path.Combine(TestPaths.Models, "digits", "samples", "seven-all-agree");
    private static readonly HubLimits Limits = new() { Pause = TimeSpan.FromMilliseconds(5), Silence = TimeSpan.FromSeconds(20) };

    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Models => Directory.CreateDirectory(Path.Combine(_folder, "models")).FullName;

    [Fact]
    public void List_Recipes_AreThoseOfTheRepository() =>
        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(TestPaths.Models, "recipes"), "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            RecipeFinder.List(Models));

    [Fact]
    public async Task PullAndRun_Clip_ScoresThePictureByItsNearnessToTheLabels()
    {
        await using var hub = await StartAsync("clip");

        Assert.Equal(ExitCodes.Success, await PullAsync(hub, "clip"));
        var (result, embeddings) = await RunAsync("clip", [Modality.Image], "--labels", "a red house, rain,a fish");

        var verdict = Assert.Single(result.Outcomes.OfType<ZeroShotOutcome>());
        Assert.Equal(["a fish", "a red house", "rain"], verdict.Scores.Select(score => score.Label).Order(StringComparer.Ordinal));
        await AssertScoresAsync(verdict, embeddings["fused"], "clip", ["a photo of a {}.", "a picture of a {}.", "an image of {}."], 100);
        Assert.Equal(new string('a', 12), result.Pipeline.Version);
        Assert.Equal(0, new ModelRepository(Models).Load("clip").Definition.Files.Keys.Count(file => !file.StartsWith("clip/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task PullAndRun_ClipOfPictureAndText_FusesAndExplains()
    {
        await using var hub = await StartAsync("clip");
        await PullAsync(hub, "clip");

        var (result, _) = await RunAsync("clip", [Modality.Image, Modality.Text], "--labels", "seven,nine");

        var verdict = Assert.Single(result.Outcomes.OfType<ZeroShotOutcome>());
        Assert.Equal(verdict.Confidence, verdict.Contributions!.Prior + verdict.Contributions.Modalities.Values.Sum(), 6);
        Assert.Equal(2, verdict.Contributions.Modalities.Count);
        Assert.IsType<RetrievalOutcome>(result.Outcomes[1]);
        Assert.All(result.Modalities, modality => Assert.Single(modality.Outcomes));
    }

    [Fact]
    public async Task PullAndRun_Clap_ScoresTheSoundByItsNearnessToTheLabels()
    {
        await using var hub = await StartAsync("clap");

        Assert.Equal(ExitCodes.Success, await PullAsync(hub, "clap"));
        var (result, embeddings) = await RunAsync("clap", [Modality.Audio], "--labels", "a dog,the sea,seven");

        var verdict = Assert.Single(result.Outcomes.OfType<ZeroShotOutcome>());
        await AssertScoresAsync(verdict, embeddings["fused"], "clap", ["This is a sound of {}."], 14.285714);
    }

    [Fact]
    public async Task PullAndRun_Whisper_WritesDownWhatIsSaid()
    {
        await using var hub = await StartAsync("whisper");

        Assert.Equal(ExitCodes.Success, await PullAsync(hub, "whisper"));
        var (result, _) = await RunAsync("whisper", [Modality.Audio]);

        var spoken = Assert.Single(Assert.IsType<TranscriptionOutcome>(Assert.Single(result.Outcomes)).Inputs);
        Assert.Equal("speech.wav", spoken.Name);
        var files = new ModelRepository(Models).Load("whisper").Definition.Files.Keys;
        Assert.Contains("whisper/onnx/decoder_model_merged.onnx", files);
        Assert.Contains("whisper/generation_config.json", files);
    }

    [Fact]
    public async Task PullAndRun_Catalog_FusesTheScoresOfItsSpaces()
    {
        await using var hub = await StartAsync("catalog");

        Assert.Equal(ExitCodes.Success, await PullAsync(hub, "catalog"));
        var definition = new ModelRepository(Models).Load("catalog").Definition;
        Assert.Equal((6, 8, 8), (definition.Encoders[Modality.Image].Dimensions, definition.Encoders[Modality.Text].Dimensions, definition.Encoders[Modality.Audio].Dimensions));
        Assert.Equal(["clip", "sentences", "whisper"], RecipeLock.Read(Path.Combine(Models, "catalog", RecipeLock.FileName)).Sources.Keys.Order(StringComparer.Ordinal));
        var (result, embeddings) = await RunAsync("catalog", [Modality.Image, Modality.Text], "--labels", "a red house,rain,a fish");

        // What both say together is the mean of what each says in its own space.
        var verdict = result.Outcomes.OfType<ZeroShotOutcome>().Single();
        var own = result.Modalities.Where(modality => modality.State == ModalityState.Used)
            .ToDictionary(modality => modality.Modality, modality => modality.Outcomes.OfType<ZeroShotOutcome>().Single());
        Assert.Equal(2, own.Count);
        Assert.All(verdict.Scores, score => Assert.Equal((own[Modality.Image].ScoreOf(score.Label) + own[Modality.Text].ScoreOf(score.Label)) / 2, score.Score, 1e-6));
        Assert.False(embeddings.ContainsKey("fused"));
        Assert.Equal(6, embeddings["modalities/image"].Length);
        await AssertScoresAsync(own[Modality.Text], embeddings["modalities/text"], "catalog", ["{}", "This is about {}."], 20);
    }

    [Fact]
    public async Task Run_CatalogOfPhotographDescriptionAndNote_TakesWhatIsSaidAsText()
    {
        await using var hub = await StartAsync("catalog");
        await PullAsync(hub, "catalog");

        var output = await MultimodalCommand.RunAsync(
            "run", Job([Modality.Image, Modality.Text, Modality.Audio]), "--pipeline", "catalog", "--models", Models, "--labels", "seven,nine", "--json");

        // The small recogniser writes what it likes; where that is words they are encoded, where it is none the recording is left out, and says so.
        Assert.Equal(ExitCodes.Success, output.ExitCode);
        var result = JsonSerializer.Deserialize(output.Results, PipelineJson.Default.JobResult)!;
        var audio = result.Modalities.Single(modality => modality.Modality == Modality.Audio);
        if (audio.State == ModalityState.Used)
        {
            Assert.NotEmpty(Assert.Single(result.Outcomes.OfType<TranscriptionOutcome>()).Text);
            Assert.Equal("seven,nine".Split(',').Length, audio.Outcomes.OfType<ZeroShotOutcome>().Single().Scores.Count);
        }
        else
        {
            Assert.Equal(InputErrorCodes.NoContent, result.Inputs.Single(input => input.Modality == Modality.Audio).Error!.Code);
        }
    }

    [Fact]
    public async Task Run_WithoutLabels_SaysTheRemedyBeforeAnythingIsEncoded()
    {
        await using var hub = await StartAsync("clip");
        await PullAsync(hub, "clip");

        var output = await MultimodalCommand.RunAsync("run", Job([Modality.Image]), "--pipeline", "clip", "--models", Models);

        Assert.Equal(ExitCodes.Usage, output.ExitCode);
        Assert.Contains("--labels", output.Notes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_Again_FetchesNothingWhileIntactAndExactlyThatWhenLost()
    {
        await using var hub = await StartAsync("clip");
        await PullAsync(hub, "clip");
        hub.Requests.Clear();

        Assert.Equal(ExitCodes.Success, await PullAsync(hub, "clip"));
        Assert.Empty(hub.Requests);

        var model = Path.Combine(Models, "clip", "clip", "onnx", "vision_model.onnx");
        File.Delete(model);
        Assert.Equal(ExitCodes.Success, await PullAsync(hub, "clip"));
        Assert.True(File.Exists(model));

        // The hub goes on; the lock does not, until it is told.
        File.Delete(model);
        hub.Commit = new string('b', 40);
        await Assert.ThrowsAsync<HubException>(() => PullAsync(hub, "clip"));
        Assert.Equal(ExitCodes.Success, await PullAsync(hub, "clip", update: true));
        Assert.Equal(new string('b', 40), RecipeLock.Read(Path.Combine(Models, "clip", RecipeLock.FileName)).Sources["clip"].Commit);
    }

    [Fact]
    public async Task Pull_Variant_TakesItsFiles()
    {
        await using var hub = await StartAsync("clip");

        Assert.Equal(ExitCodes.Success, await PullAsync(hub, "clip", variant: "quantized"));

        Assert.Equal("clip/onnx/vision_model_quantized.onnx", new ModelRepository(Models).Load("clip").Definition.Encoders[Modality.Image].Model);
    }

    [Fact]
    public async Task Pull_SourceLacksAFile_SaysWhich()
    {
        await using var hub = await StartAsync("clip");
        hub.Others["Xenova/clip-vit-base-patch32"].Remove("onnx/text_model.onnx");

        Assert.Contains("has no text_model.onnx", (await Assert.ThrowsAsync<PipelineException>(() => PullAsync(hub, "clip"))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(Models, "clip")));
    }

    [Fact]
    public async Task Pull_RecipeOfTheRepository_GoesBeforeThatOfTheProgram()
    {
        await using var hub = await StartAsync("clip");
        var recipe = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(TestPaths.Models, "recipes", "clip.json"), Token))!;
        recipe["description"] = "Ours.";
        Directory.CreateDirectory(Path.Combine(Models, "recipes"));
        await File.WriteAllTextAsync(Path.Combine(Models, "recipes", "clip.json"), recipe.ToJsonString(), Token);

        await PullAsync(hub, "clip");

        Assert.Equal("Ours.", new ModelRepository(Models).Load("clip").Definition.Description);
        Assert.Equal(["clip"], new ModelRepository(Models).List());
    }

    [Fact]
    public async Task Pull_NoSuchRecipe_NamesThoseThatThereAre()
    {
        var output = await MultimodalCommand.RunAsync("models", "pull", "clop", "--models", Models);

        Assert.Equal(ExitCodes.Usage, output.ExitCode);
        Assert.Contains("catalog, clap, clip, whisper", output.Notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", "schema 2")]
    [InlineData("\"source\": \"clip\", \"model\": \"vision_model\"", "\"source\": \"clop\", \"model\": \"vision_model\"", "the source 'clop'")]
    [InlineData("\"clip\": {", "\"../x\": {", "named by other than letters")]
    [InlineData("\"kind\": \"zero-shot\"", "\"kind\": \"magic\"", "not a valid recipe")]
    public async Task Read_FaultyRecipe_SaysWhat(string text, string replacement, string message)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(TestPaths.Models, "recipes", "clip.json"), Token);
        Assert.Contains(text, json, StringComparison.Ordinal);

        var e = Assert.Throws<PipelineException>(() => PipelineRecipe.Read(Encoding.UTF8.GetBytes(json.Replace(text, replacement, StringComparison.Ordinal)), "clip.json"));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<FakeHub> StartAsync(string recipe)
    {
        var hub = await FakeHub.StartAsync();
        foreach (var (repository, model) in new Dictionary<string, string>
        {
            ["Xenova/clip-vit-base-patch32"] = "clip",
            ["Xenova/clap-htsat-unfused"] = "clap",
            ["Xenova/whisper-tiny"] = "whisper-speech",
            ["sentence-transformers/all-MiniLM-L6-v2"] = "bert",
        })
        {
            if (RecipeFinder.Find(Models, recipe).Sources.Values.Any(source => source.Repository == repository))
            {
                hub.Add(repository, SmallModels.Copy(model, Path.Combine(_folder, "sources", model)));
            }
        }

        return hub;
    }

    private Task<int> PullAsync(FakeHub hub, string recipe, bool update = false, string? variant = null) => new RecipePullSession(
        new RecipePullSettings { Recipe = recipe, Models = Models, Cache = Path.Combine(_folder, "cache"), Update = update, Variant = variant },
        new HubSettings(hub.Address, null),
        Limits).RunAsync(Token);

    private string Job(IReadOnlyList<Modality> modalities)
    {
        var job = Directory.CreateDirectory(Path.Combine(_folder, "job")).FullName;
        foreach (var file in Directory.EnumerateFiles(Sample).Where(file => modalities.Contains(ModalityOf(file))))
        {
            File.Copy(file, Path.Combine(job, Path.GetFileName(file)), overwrite: true);
        }

        return job;
    }

    private static Modality ModalityOf(string file) => Path.GetExtension(file) switch
    {
        ".txt" => Modality.Text,
        ".wav" => Modality.Audio,
        _ => Modality.Image,
    };

    private async Task<(JobResult Result, Dictionary<string, float[]> Embeddings)> RunAsync(string pipeline, IReadOnlyList<Modality> modalities, params string[] options)
    {
        var output = await MultimodalCommand.RunAsync(
            ["run", Job(modalities), "--pipeline", pipeline, "--models", Models, "--out", Path.Combine(_folder, "out"), .. options]);
        Assert.Equal((ExitCodes.Success, ""), (output.ExitCode, output.Notes.Split('\n').FirstOrDefault(line => line.StartsWith("multimodal:", StringComparison.Ordinal)) ?? ""));
        var results = Path.Combine(_folder, "out", "results", "job");
        var result = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(results, "result.json"), Token), PipelineJson.Default.JobResult)!;
        Assert.Equal(JobOutcomeStatus.Succeeded, result.Status);
        return (result, await EmbeddingsAsync("job"));
    }

    private async Task<Dictionary<string, float[]>> EmbeddingsAsync(string job) =>
        Safetensors.Read(await File.ReadAllBytesAsync(Path.Combine(_folder, "out", "results", job, "embeddings.safetensors"), Token))
            .Tensors.ToDictionary(tensor => tensor.Key, tensor => tensor.Value.AsSpan<float>().ToArray());

    /// <summary>Computes the scores anew, in double, of the embeddings of texts that are jobs of their own.</summary>
    private async Task AssertScoresAsync(ScoredOutcome verdict, float[] embedding, string pipeline, IReadOnlyList<string> templates, double scale)
    {
        var jobs = Directory.CreateDirectory(Path.Combine(_folder, "texts")).FullName;
        var labels = verdict.Scores.Select(score => score.Label).ToList();
        foreach (var (i, text) in labels.SelectMany(label => templates.Select(template => template.Replace("{}", label, StringComparison.Ordinal))).Index())
        {
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(jobs, $"{i:000}")).FullName, "text.txt"), text, Token);
        }

        var output = await MultimodalCommand.RunAsync("run", jobs, "--pipeline", pipeline, "--models", Models, "--out", Path.Combine(_folder, "out"), "--labels", "x,y");
        Assert.Equal(ExitCodes.Success, output.ExitCode);
        var logits = new Dictionary<string, double>();
        for (var i = 0; i < labels.Count; i++)
        {
            var mean = new double[embedding.Length];
            for (var j = 0; j < templates.Count; j++)
            {
                var text = (await EmbeddingsAsync($"{(i * templates.Count) + j:000}"))["inputs/text.txt"];
                var norm = Math.Sqrt(text.Sum(value => (double)value * value));
                mean = [.. mean.Zip(text, (sum, value) => sum + (value / norm))];
            }

            var dot = mean.Zip(embedding, (left, right) => left * right).Sum();
            logits[labels[i]] = scale * dot / Math.Sqrt(mean.Sum(value => value * value)) / Math.Sqrt(embedding.Sum(value => (double)value * value));
        }

        var sum = logits.Values.Sum(logit => Math.Exp(logit - logits.Values.Max()));
        Assert.All(verdict.Scores, score => Assert.Equal(Math.Exp(logits[score.Label] - logits.Values.Max()) / sum, score.Score, 1e-4));
    }
}

using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Tasks;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Pipeline.Tests.Tasks.ZeroShot;

/// <summary>On encoders that count the letters a, b and c: of a label's texts too.</summary>
public sealed class ZeroShotClassificationTests : IDisposable
{
    private static readonly ZeroShotDefinition Definition = new() { Name = "what", Labels = ["a", "b", "c"], LogitScale = 4 };

    private readonly TextPipeline _folder = new();
    private readonly FakeModelFactory _models = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Execute_SharedSpace_SoftmaxOfScaledCosines()
    {
        using var pipeline = Load(Definition);

        var outcome = await ExecuteAsync(pipeline, [3, 4, 0]);

        double[] expected = [Math.Exp(4 * 0.6), Math.Exp(4 * 0.8), Math.Exp(0)];
        Assert.Equal(("b", "what"), (outcome.Label, outcome.Task));
        Assert.Equal(expected[1] / expected.Sum(), outcome.ScoreOf("b"), 6);
        Assert.Equal(expected[2] / expected.Sum(), outcome.ScoreOf("c"), 6);
        Assert.Equal(1.0 / 3, outcome.Contributions!.Prior, 12);
        Assert.Equal(outcome.Confidence, outcome.Contributions.Prior + outcome.Contributions.Modalities.Values.Sum(), 9);
    }

    [Fact]
    public async Task Execute_Sigmoid_ScoresByScaleAndBias()
    {
        using var pipeline = Load(Definition with { Activation = LabelActivation.Sigmoid, LogitBias = -2 });

        var outcome = await ExecuteAsync(pipeline, [0, 1, 0], ["b"]);

        Assert.Equal(1 / (1 + Math.Exp(-2)), outcome.Confidence, 6);
        Assert.Equal(1 / (1 + Math.Exp(2)), outcome.Contributions!.Prior, 9);
        Assert.Equal(["b"], outcome.Labels);
    }

    [Fact]
    public async Task Execute_Templates_AveragesDirectionsOfTheirTexts()
    {
        using var pipeline = Load(Definition with { Templates = ["{}", "{}aaa"] });

        var outcome = await ExecuteAsync(pipeline, [1, 0, 0]);

        // "b" and "baaa" are (0,1,0) and (3,1,0)/√10; their mean direction:
        var (x, y) = (3 / Math.Sqrt(10), 1 + (1 / Math.Sqrt(10)));
        var cosine = x / Math.Sqrt((x * x) + (y * y));
        Assert.Equal(Math.Exp(4 * (cosine - 1)), outcome.ScoreOf("b") / outcome.ScoreOf("a"), 5);
    }

    [Fact]
    public async Task Execute_LabelsOfTheJob_GoBeforeThePipelinesAndAreEncodedOnce()
    {
        using var pipeline = Load(Definition);

        var outcome = await ExecuteAsync(pipeline, [0, 2, 2], ["bc", "a"]);
        Assert.Equal(("bc", 2), (outcome.Label, outcome.Scores.Count));
        Assert.Equal(2, _models.Encoded);

        await ExecuteAsync(pipeline, [1, 0, 0], ["a", "bc", "cc"]);
        Assert.Equal(3, _models.Encoded);
    }

    [Fact]
    public async Task Execute_ScoresOfTwoSpaces_AreFusedByTheirWeights()
    {
        using var pipeline = Load(Definition with
        {
            Spaces = new Dictionary<string, ZeroShotSpace> { ["pictures"] = new() { LogitScale = 8, Templates = ["{}{}"] } },
        }, twoSpaces: true);

        var outcome = await ExecuteAsync(
            pipeline,
            new Dictionary<Modality, float[]> { [Modality.Text] = [1, 0, 0], [Modality.Image] = [0, 1] },
            ["a", "b"],
            new() { [Modality.Text] = 1, [Modality.Image] = 3 });

        // The picture's space has two dimensions: ids 3 and 4 modulo 2, so that "b" is (1,0) and "a" is (0,1).
        var text = 1 / (1 + Math.Exp(-4));
        var picture = 1 / (1 + Math.Exp(-8));
        Assert.Equal((0.25 * text) + (0.75 * picture), outcome.ScoreOf("a"), 6);
        Assert.Equal("a", outcome.Label);
        Assert.Equal(outcome.Confidence, outcome.Contributions!.Prior + outcome.Contributions.Modalities.Values.Sum(), 9);
    }

    [Fact]
    public async Task Execute_NoLabels_FailsAloneAndSaysTheRemedy()
    {
        using var pipeline = Load(Definition with { Labels = null }, besides: new ClassificationDefinition { Name = "letter", Model = "head.onnx", Labels = ["a", "b", "c"] });

        var outcomes = await OutcomesAsync(pipeline, new() { [Modality.Text] = [0, 5, 0] });

        var failed = Assert.IsType<FailedOutcome>(outcomes[0]);
        Assert.Equal(("what", JobError.NoLabels), (failed.Task, failed.Error.Code));
        Assert.Contains("--labels", failed.Error.Remedy, StringComparison.Ordinal);
        Assert.Equal("b", Assert.IsType<ClassificationOutcome>(outcomes[1]).Label);
    }

    [Fact]
    public async Task Execute_LabelsThatCannotBeScored_FailAlone()
    {
        using var pipeline = Load(Definition);

        var failed = Assert.IsType<FailedOutcome>(Assert.Single(await OutcomesAsync(pipeline, new() { [Modality.Text] = [0, 5, 0] }, ["a"])));

        Assert.Equal(JobError.BadLabel, failed.Error.Code);
    }

    [Fact]
    public async Task Execute_TopK_KeepsTheBestAndExplainsTheVerdict()
    {
        using var pipeline = Load(Definition with { TopK = 1 });

        var outcome = await ExecuteAsync(pipeline, [3, 4, 0]);

        Assert.Equal(["b"], outcome.Scores.Select(score => score.Label));
        Assert.Equal(outcome.Confidence, outcome.Contributions!.Prior + outcome.Contributions.Modalities[Modality.Text], 9);
    }

    [Theory]
    [InlineData(new[] { "a" }, "template 'picture'", "picture")]
    [InlineData(new[] { "a", "a" }, "stands there twice", "{}")]
    [InlineData(new[] { "a", " " }, "label 2 is blank", "{}")]
    [InlineData(new[] { "a" }, "there are 1 labels", "{}")]
    public void Load_FaultyTask_SaysWhat(string[] labels, string message, string template)
    {
        var e = Assert.Throws<PipelineException>(() => Load(Definition with { Labels = template == "{}" ? labels : null, Templates = [template] }));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains("the task 'what'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SpaceWithoutTextEncoder_SaysWhatIsMissing()
    {
        var e = Assert.Throws<PipelineException>(() => Load(Definition, twoSpaces: true, labelEncoder: false));

        Assert.Contains("the space 'pictures' has none: declare one under labelEncoders", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private LoadedPipeline Load(ZeroShotDefinition task, bool twoSpaces = false, bool labelEncoder = true, TaskDefinition? besides = null)
    {
        _folder.Write("1.0.0", change: definition => definition with
        {
            Tasks = besides is null ? [task] : [task, besides],
            Encoders = twoSpaces
                ? new Dictionary<Modality, EncoderDefinition>(definition.Encoders)
                {
                    [Modality.Image] = new()
                    {
                        Model = "encoder.onnx",
                        Dimensions = 2,
                        Space = "pictures",
                        Preprocessing = new GlyphSettings(),
                    },
                }
                : definition.Encoders,
            LabelEncoders = twoSpaces && labelEncoder
                ? new Dictionary<string, EncoderDefinition>
                {
                    ["pictures"] = new() { Model = "encoder.onnx", Dimensions = 2, Space = "pictures", Preprocessing = new CharacterSettings { Vocabulary = "vocabulary.json" } },
                }
                : definition.LabelEncoders,
            Fusion = new FusionDefinition { Method = twoSpaces ? FusionMethods.Scores : FusionMethods.Weighted },
        });
        return new LoadedPipeline(new ModelRepository(_folder.Root).Load(TextPipeline.Name), new PreprocessorFactory(new NoImages(), new InputLimits()), _models);
    }

    private static async Task<ScoredOutcome> ExecuteAsync(LoadedPipeline pipeline, float[] text, IReadOnlyList<string>? labels = null) =>
        await ExecuteAsync(pipeline, new Dictionary<Modality, float[]> { [Modality.Text] = text }, labels);

    private static async Task<ScoredOutcome> ExecuteAsync(
        LoadedPipeline pipeline, Dictionary<Modality, float[]> embeddings, IReadOnlyList<string>? labels = null, Dictionary<Modality, double>? weights = null) =>
        Assert.IsType<ZeroShotOutcome>(Assert.Single(await OutcomesAsync(pipeline, embeddings, labels, weights)));

    private static async Task<IReadOnlyList<TaskOutcome>> OutcomesAsync(
        LoadedPipeline pipeline, Dictionary<Modality, float[]> embeddings, IReadOnlyList<string>? labels = null, Dictionary<Modality, double>? weights = null)
    {
        var fused = FusedSubsets.Fuse(
            pipeline.Fusion(), new FusionInput(embeddings.ToDictionary(pair => pair.Key, pair => (ReadOnlyMemory<float>)pair.Value), weights));
        return (await pipeline.ExecuteAsync(fused, new TaskContext { Options = new JobOptions { Labels = labels } }, Token)).Outcomes;
    }
}

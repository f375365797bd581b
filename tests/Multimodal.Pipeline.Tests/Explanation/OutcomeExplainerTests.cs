using CsCheck;
using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Tasks;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Pipeline.Tests.Explanation;

public sealed class OutcomeExplainerTests
{
    private static readonly Modality[] All = [Modality.Image, Modality.Text, Modality.Audio];
    private static readonly Gen<float[]> Logits = Gen.Float[-4, 4].Array[3];

    [Fact]
    public void Explain_AnyJob_PriorAndContributionsAreTheConfidence() =>
        Gen.Select(Logits.Array[3], Gen.Double[0.01, 3].Array[3], Gen.Int[1, 7]).Sample((embeddings, weights, subset) =>
        {
            using var pipeline = Load();
            var present = All.Where((_, i) => (subset & (1 << i)) != 0).ToDictionary(modality => modality, modality => embeddings[(int)modality]);

            var verdict = Explain(pipeline, present, All.ToDictionary(modality => modality, modality => weights[(int)modality]));

            Assert.Equal(present.Keys.Order(), verdict.Contributions!.Modalities.Keys.Order());
            Assert.Equal(verdict.Confidence, verdict.Contributions.Prior + verdict.Contributions.Modalities.Values.Sum(), 1e-9);
        });

    [Fact]
    public void Explain_ModalitiesThatSayTheSame_ContributeTheSame() =>
        Logits.Sample(logits =>
        {
            using var pipeline = Load();

            var verdict = Explain(pipeline, All.ToDictionary(modality => modality, _ => logits));

            Assert.All(verdict.Contributions!.Modalities.Values, share => Assert.Equal(verdict.Contributions.Modalities[Modality.Image], share, 1e-6));
            Assert.Equal(AgreementState.Agree, verdict.Agreement!.State);
        });

    [Fact]
    public void Explain_OneModality_HasItAll()
    {
        using var pipeline = Load();

        var verdict = Explain(pipeline, new() { [Modality.Text] = [0, 2, 0] });

        Assert.Equal(1.0 / 3, verdict.Contributions!.Prior, 12);
        Assert.Equal(verdict.Confidence - (1.0 / 3), verdict.Contributions.Modalities[Modality.Text], 1e-12);
        Assert.Equal(AgreementState.Single, verdict.Agreement!.State);
    }

    [Fact]
    public void Explain_OneAgainstTwo_TakesAway()
    {
        using var pipeline = Load();

        var verdict = Explain(pipeline, new() { [Modality.Image] = [5, 0, 0], [Modality.Text] = [0, 5, 0], [Modality.Audio] = [5, 0, 0] });

        Assert.Equal("a", verdict.Label);
        Assert.True(verdict.Contributions!.Modalities[Modality.Text] < 0);
        Assert.Equal([Modality.Text], verdict.Agreement!.Dissenting);
    }

    [Fact]
    public void Explain_SeveralModalities_SaysTheVerdictWithoutEach()
    {
        using var pipeline = Load();

        var verdict = Explain(pipeline, new() { [Modality.Image] = [5, 0, 0], [Modality.Text] = [0, 9, 0], [Modality.Audio] = [5, 0, 0] });
        var withoutImage = Explain(pipeline, new() { [Modality.Text] = [0, 9, 0], [Modality.Audio] = [5, 0, 0] });

        Assert.Equal(["b", "a", "b"], All.Select(modality => verdict.Without![modality].Label));
        Assert.Equal(withoutImage.Confidence, verdict.Without![Modality.Image].Confidence, 1e-12);
        Assert.Null(Explain(pipeline, new() { [Modality.Text] = [0, 2, 0] }).Without);
    }

    [Fact]
    public void Explain_Copy_GetsTheShareOfTheOriginal() =>
        Gen.Select(Logits, Logits).Sample((one, other) =>
        {
            using var pipeline = Load();

            var shares = Explain(pipeline, new() { [Modality.Image] = one, [Modality.Text] = other, [Modality.Audio] = one }).Contributions!.Modalities;

            Assert.Equal(shares[Modality.Image], shares[Modality.Audio], 1e-6);
        });

    [Fact]
    public void Explain_Temperature_IsInEveryProbability()
    {
        using var pipeline = Load(temperature: 2);

        var verdict = Explain(pipeline, new() { [Modality.Text] = [0, 2, 0] });

        Assert.Equal(Math.E / (Math.E + 2), verdict.Confidence, 1e-9);
        Assert.Equal(verdict.Confidence - (1.0 / 3), verdict.Contributions!.Modalities[Modality.Text], 1e-12);
    }

    [Fact]
    public void Explain_WeightZero_ContributesNothing()
    {
        using var pipeline = Load();

        var verdict = Explain(
            pipeline, new() { [Modality.Image] = [3, 0, 0], [Modality.Text] = [9, 0, 0] }, new() { [Modality.Image] = 1, [Modality.Text] = 0 });

        Assert.Equal(0, verdict.Contributions!.Modalities[Modality.Text]);
        Assert.Equal(verdict.Confidence - verdict.Contributions.Prior, verdict.Contributions.Modalities[Modality.Image], 1e-12);
    }

    [Fact]
    public void Explain_DeclaredPriors_AreWhereItStarts()
    {
        using var pipeline = Load([0.7, 0.2, 0.1]);

        Assert.Equal(0.2, Explain(pipeline, new() { [Modality.Text] = [0, 4, 0] }).Contributions!.Prior);
    }

    private static ScoredOutcome Explain(
        LoadedPipeline pipeline, Dictionary<Modality, float[]> present, Dictionary<Modality, double>? weights = null)
    {
        var embeddings = present.ToDictionary(pair => pair.Key, pair => (ReadOnlyMemory<float>)pair.Value);
        var fused = FusedSubsets.Fuse(pipeline.Fusion(), new FusionInput(embeddings, weights));
        return (ScoredOutcome)pipeline.ExecuteAsync(fused, new TaskContext(), TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult().Outcomes.Single();
    }

    private static LoadedPipeline Load(double[]? priors = null, double temperature = 1)
    {
        var temperatures = new Dictionary<string, double> { ["weighted"] = temperature };
        PreprocessingSettings[] settings = [new GlyphSettings(), new CharacterSettings { Vocabulary = "" }, new LogMelSettings()];
        return new LoadedPipeline(
            new ModelFolder(
                "",
                new PipelineDefinition
                {
                    Schema = PipelineDefinition.CurrentSchema,
                    Name = "letters",
                    Version = "1.0.0",
                    Encoders = settings.ToDictionary(
                        setting => setting.Modality, setting => new EncoderDefinition { Model = "", Dimensions = 3, Preprocessing = setting }),
                    Fusion = new FusionDefinition { Method = "weighted" },
                    Tasks = [new ClassificationDefinition { Name = "letter", Model = "", Labels = ["a", "b", "c"], Priors = priors, Temperatures = temperatures }],
                    Files = new Dictionary<string, string>(),
                },
                ""),
            new PreprocessorFactory(new NoImages(), new InputLimits()),
            new FakeModelFactory());
    }
}

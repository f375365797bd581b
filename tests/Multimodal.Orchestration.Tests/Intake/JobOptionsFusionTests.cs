using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Orchestration.Tests.Intake;

/// <summary>What a job may ask of fusion, of a pipeline that fuses by a learned method.</summary>
public sealed class JobOptionsFusionTests : IDisposable
{
    private readonly LoadedPipeline _pipeline = new(
        new ModelFolder(
            "",
            new PipelineDefinition
            {
                Schema = PipelineDefinition.CurrentSchema,
                Name = "learned",
                Version = "1.0.0",
                Encoders = new Dictionary<Modality, EncoderDefinition>
                {
                    [Modality.Text] = new() { Model = "", Dimensions = 3, Preprocessing = new CharacterSettings { Vocabulary = "" } },
                },
                Fusion = new FusionDefinition { Method = FusionMethods.Gated, Graphs = new Dictionary<string, string> { [FusionMethods.Gated] = "gated.onnx" } },
                Tasks = [],
                Files = new Dictionary<string, string>(),
            },
            ""),
        new PreprocessorFactory(new NoImages(), new InputLimits()),
        new FakeModelFactory());

    [Theory]
    [InlineData(null, null, FusionMethods.Gated)]
    [InlineData(null, 2.0, FusionMethods.Weighted)]
    [InlineData(FusionMethods.Weighted, null, FusionMethods.Weighted)]
    [InlineData(FusionMethods.Gated, 0.0, FusionMethods.Gated)]
    public void MethodFor_Options_IsWhatTheyAskFor(string? method, double? weight, string expected)
    {
        var options = Options(method, weight);

        JobOptionsException.ThrowIfUnfit(options, _pipeline);

        Assert.Equal(expected, _pipeline.MethodFor(options));
        Assert.Equal(expected, _pipeline.Fusion(_pipeline.MethodFor(options)).Method);
    }

    [Fact]
    public void ThrowIfUnfit_WeightsForALearnedMethod_AreRefusedWithTheMethodsThatTakeThem() =>
        Assert.Contains(
            "Methods that take weights: weighted.",
            Assert.Throws<JobOptionsException>(() => JobOptionsException.ThrowIfUnfit(Options(FusionMethods.Gated, 0.5), _pipeline)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(FusionMethods.Attention)]
    [InlineData(FusionMethods.ConfidenceWeighted)]
    [InlineData(FusionMethods.Scores)]
    public void ThrowIfUnfit_MethodThatThePipelineLacks_NamesThoseThatItHas(string method)
    {
        Assert.Contains(
            "it can by: gated, weighted.",
            Assert.Throws<JobOptionsException>(() => JobOptionsException.ThrowIfUnfit(Options(method, null), _pipeline)).Message,
            StringComparison.Ordinal);
        Assert.Throws<PipelineException>(() => _pipeline.Fusion(method));
    }

    public void Dispose() => _pipeline.Dispose();

    private static JobOptions Options(string? method, double? weight) => new()
    {
        Fusion = method,
        Weights = weight is { } given ? new Dictionary<Modality, double> { [Modality.Text] = given } : null,
    };
}

using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tasks.Decisions;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Pipeline.Tests.Tasks.Decisions;

public sealed class DecisionTests : IDisposable
{
    private static readonly DecisionDefinition Definition = new()
    {
        Name = "route",
        Of = "letter",
        Rules =
        [
            new() { If = new() { Label = "c", MinimumConfidence = 0.5 }, Then = DecisionKind.Reject },
            new() { If = new() { Agreement = AgreementState.Conflict, ConfidenceBelow = 0.9 }, Then = DecisionKind.Review },
            new() { If = new() { Missing = [Modality.Image] }, Then = DecisionKind.Review },
            new() { If = new() { MarginBelow = 0.2 }, Then = DecisionKind.Review },
        ],
        Otherwise = DecisionKind.Accept,
    };

    private readonly TextPipeline _folder = new();

    [Fact]
    public void Execute_NoRuleHolds_Otherwise()
    {
        var outcome = Decide(Verdict(("a", 0.95), ("b", 0.05)), Modality.Image);

        Assert.Equal((DecisionKind.Accept, null), (outcome.Decision, outcome.Rule));
        Assert.Equal("No rule speaks against a at 95 %.", outcome.Reason);
        Assert.Equal(("route", "letter"), (outcome.Task, outcome.Of));
    }

    [Fact]
    public void Execute_FirstRuleThatHolds_Decides()
    {
        var outcome = Decide(Verdict(("c", 0.55), ("a", 0.45)), Modality.Text);

        Assert.Equal((DecisionKind.Reject, 1), (outcome.Decision, outcome.Rule));
        Assert.Equal("The verdict is c and the confidence, 55 %, is 50 % or more.", outcome.Reason);
    }

    [Fact]
    public void Execute_OneConditionOfTwoHolds_TheRuleDoesNot() =>
        Assert.Equal(4, Decide(Verdict(("c", 0.45), ("a", 0.4), ("b", 0.15)), Modality.Image).Rule);

    [Fact]
    public void Execute_Conflict_IsSeen()
    {
        var conflict = new Agreement(AgreementState.Conflict, "", [Modality.Text]);

        Assert.Equal((DecisionKind.Review, 2), Of(Decide(Verdict(("a", 0.8), ("b", 0.2)) with { Agreement = conflict }, Modality.Image)));
        Assert.Equal((DecisionKind.Accept, null), Of(Decide(Verdict(("a", 0.95), ("b", 0.05)) with { Agreement = conflict }, Modality.Image)));
    }

    [Fact]
    public void Execute_ModalityMissing_IsSeen()
    {
        var outcome = Decide(Verdict(("a", 0.95), ("b", 0.05)), Modality.Text);

        Assert.Equal((DecisionKind.Review, 3), Of(outcome));
        Assert.Equal("There is no image to go by.", outcome.Reason);
    }

    [Fact]
    public void Execute_TaskFailed_IsForAPerson()
    {
        var outcome = Decide(new FailedOutcome { Task = "letter", Error = new JobError("x", "It broke.", "") }, Modality.Image);

        Assert.Equal((DecisionKind.Review, null), Of(outcome));
        Assert.Contains("It broke.", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"of\": \"letter\"", "\"of\": \"nothing\"", "judges 'nothing'")]
    [InlineData("\"label\": \"c\",", "\"label\": \"x\",", "has in rule 1 the label 'x'")]
    [InlineData("\"minimumConfidence\": 0.5", "\"minimumConfidence\": 50", "has in rule 1 a confidence or margin that is not 0 to 1")]
    [InlineData("\"marginBelow\": 0.2", "", "has in rule 4 no condition")]
    [InlineData("\"missing\": [", "\"missing\": [\"audio\",", "the modality audio, which the pipeline does not take")]
    [InlineData("\"then\": \"reject\"", "\"then\": \"burn\"", "not a valid pipeline definition")]
    public void Load_FaultyRule_SaysWhat(string text, string replacement, string message)
    {
        _folder.Write("1.0.0", change: definition => definition with
        {
            Tasks = [.. definition.Tasks, Definition with { Rules = [.. Definition.Rules.Select(OfTexts)] }],
        });
        var file = Path.Combine(_folder.Root, TextPipeline.Name, ModelRepository.DefinitionFile);
        var json = File.ReadAllText(file);
        Assert.Contains(text, json, StringComparison.Ordinal);
        File.WriteAllText(file, json.Replace(text, replacement, StringComparison.Ordinal));

        Assert.Contains(message, Assert.Throws<PipelineException>(() => new ModelRepository(_folder.Root).Load(TextPipeline.Name)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    // The pipeline of letters takes texts alone.
    private static DecisionRule OfTexts(DecisionRule rule) =>
        rule.If.Missing is null ? rule : rule with { If = rule.If with { Missing = [Modality.Text] } };

    private static (DecisionKind, int?) Of(DecisionOutcome outcome) => (outcome.Decision, outcome.Rule);

    private static ClassificationOutcome Verdict(params (string Label, double Score)[] scores) => new()
    {
        Task = "letter",
        Label = scores[0].Label,
        Confidence = scores[0].Score,
        Scores = [.. scores.Select(score => new LabelScore(score.Label, score.Score))],
        Agreement = new Agreement(AgreementState.Agree, "", []),
    };

    private static DecisionOutcome Decide(TaskOutcome judged, Modality present)
    {
        var input = new TaskInput(
            new Dictionary<Modality, ReadOnlyMemory<float>> { [present] = new float[] { 1 } }, new FusedEmbedding([1], null), new TaskContext())
        {
            Outcomes = [judged],
        };
        var running = new Decision(Definition).ExecuteAsync([input], TestContext.Current.CancellationToken);
        return (DecisionOutcome)Assert.Single(running.IsCompletedSuccessfully ? running.Result : throw new InvalidOperationException("It waits for something."));
    }
}

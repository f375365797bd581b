using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Speech;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;
using Multimodal.Privacy.Settings;
using Multimodal.Testing.Storage;

namespace Multimodal.Privacy.Tests.Stored;

public sealed class ResultMaskingTests
{
    private const string One = "mail to bob@example.com";
    private const string Two = "mail to eve@example.com";

    private static readonly string Digest = new('d', 64);
    private static readonly JobId Job = JobId.Parse("a-job");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Apply_LabelsOfTheJob_AreMaskedAndToldApart()
    {
        var masked = (ZeroShotOutcome)Apply(
            new ZeroShotOutcome
            {
                Task = "zero",
                Label = Two,
                Confidence = 0.6,
                Scores = [new LabelScore(Two, 0.6), new LabelScore(One, 0.3), new LabelScore("a letter", 0.1)],
                Labels = [Two],
                Agreement = new Agreement(AgreementState.Single, $"Only the text speaks: it says {Two}.", []),
                Without = new Dictionary<Modality, SubsetVerdict> { [Modality.Text] = new(One, 0.5) },
            },
            [One, Two, "a letter"]);

        Assert.Equal("mail to [email] (2)", masked.Label);
        Assert.Equal(["mail to [email] (2)", "mail to [email]", "a letter"], masked.Scores.Select(score => score.Label));
        Assert.Equal(["mail to [email] (2)"], masked.Labels);
        Assert.Equal("mail to [email]", masked.Without![Modality.Text].Label);
        Assert.Equal("Only the text speaks: it says mail to [email].", masked.Agreement!.Words);
    }

    [Fact]
    public void Apply_LabelsOfThePipeline_Stay()
    {
        var verdict = new ClassificationOutcome { Task = "class", Label = "4111 1111 1111 1111", Confidence = 1, Scores = [new LabelScore("4111 1111 1111 1111", 1)] };

        Assert.Same(verdict, Apply(verdict, null));
    }

    [Fact]
    public void Apply_TranscriptReasonAndFault_AreMasked()
    {
        var heard = new Transcript { Text = "I am bob@example.com" };
        var transcription = (TranscriptionOutcome)Apply(
            new TranscriptionOutcome { Task = "heard", Text = heard.Text, Inputs = [new TranscribedInput("a.wav", heard)] }, null);
        var decision = (DecisionOutcome)Apply(new DecisionOutcome { Task = "do", Of = "zero", Decision = DecisionKind.Review, Reason = $"{One} is below 0.9." }, null);
        var failed = (FailedOutcome)Apply(new FailedOutcome { Task = "zero", Error = new JobError(JobError.BadLabel, $"The label '{One}' has no words.", "Change it.") }, null);

        Assert.Equal("I am [email]", transcription.Text);
        Assert.Equal("I am [email]", transcription.Inputs[0].Transcript.Text);
        Assert.Equal("mail to [email] is below 0.9.", decision.Reason);
        Assert.Equal("The label 'mail to [email]' has no words.", failed.Error.Message);
    }

    [Fact]
    public async Task Stores_ErrorsAndTranscripts_KeepThemMasked()
    {
        var mask = Masks.Create(new MaskingOptions());
        var blobs = new InMemoryBlobStore(TimeProvider.System);
        var input = new InputIdentity("bob@example.com.txt", "1");
        var error = new InputError(InputErrorCodes.Empty, "'bob@example.com.txt' is empty.", "Send it again.");
        var inputs = new InputStore(blobs, mask);
        var embeddings = new EmbeddingStore(blobs, mask);

        await inputs.WriteReceiptAsync(Job, new InputReceipt { Input = input, State = InputState.Refused, PipelineDigest = Digest, Error = error }, Token);
        await inputs.QuarantineAsync(Job, "a", null, error, Token);
        await embeddings.WriteErrorAsync(Job, input, Digest, error, Token);
        await embeddings.WriteAsync(Job, input, Digest, new float[3], new Transcript { Text = "bob@example.com" }, Token);

        Assert.Equal("'[email]' is empty.", (await inputs.FindReceiptAsync(Job, input.Name, Token))!.Error!.Message);
        Assert.Equal("'[email]' is empty.", (await embeddings.FindErrorAsync(Job, input, Digest, Token))!.Message);
        Assert.Equal("[email]", (await embeddings.ReadAsync(Job, input, Digest, Token))!.Transcript!.Text);
        var reason = await blobs.ReadAsync(JobPaths.QuarantineError(Job, "a"), Token);
        Assert.DoesNotContain("bob", System.Text.Encoding.UTF8.GetString(reason!.Content.Span), StringComparison.Ordinal);
    }

    private static TaskOutcome Apply(TaskOutcome outcome, IReadOnlyList<string>? labels)
    {
        var result = new JobResult
        {
            JobId = Job,
            Revision = 1,
            Status = JobOutcomeStatus.Succeeded,
            Pipeline = new PipelineReference("p", "1", "d"),
            StartedAt = DateTimeOffset.UnixEpoch,
            CompletedAt = DateTimeOffset.UnixEpoch,
            Outcomes = [outcome],
            Modalities = [],
            Inputs = [],
        };
        return Assert.Single(new ResultMasking(Masks.Create(new MaskingOptions()), labels).Apply(result).Outcomes);
    }
}

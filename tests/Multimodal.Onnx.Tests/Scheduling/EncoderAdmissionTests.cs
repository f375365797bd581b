using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests.Scheduling;

/// <summary>Real encoders with little room in their lines, with budgets, and left alone.</summary>
public sealed class EncoderAdmissionTests
{
    private static readonly ModelFolder Digits = new ModelRepository(TestPaths.Models).Load("digits");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Generate_RequestsOfJobsBeyondTheLimit_AreDelayedNotLost()
    {
        var factory = new OnnxModelFactory(new OnnxOptions { QueueLimit = 1, MaximumBatch = 1, ConcurrentRuns = 1, TuningFolder = null });
        using var encoder = factory.CreateEncoder(Digits, Modality.Text);
        var input = factory.MakeUp(Digits, Modality.Text);

        var embeddings = await Task.WhenAll(Enumerable.Range(0, 64).Select(
            i => Task.Run(() => encoder.GenerateAsync([input], EncodeRequestOptions.OfJob((RequestPriority)(i % 2)), Token), Token)));

        Assert.All(embeddings, embedding => Assert.Equal(embeddings[0][0].Vector.ToArray(), embedding[0].Vector.ToArray()));
    }

    [Fact]
    public async Task Generate_JobGivesUpWhileItWaitsForAPlace_LeavesTheOthers()
    {
        var factory = new OnnxModelFactory(new OnnxOptions { QueueLimit = 1, MaximumBatch = 1, ConcurrentRuns = 1, TuningFolder = null });
        using var encoder = factory.CreateEncoder(Digits, Modality.Text);
        var input = factory.MakeUp(Digits, Modality.Text);
        using var given = new CancellationTokenSource();
        var kept = Enumerable.Range(0, 32).Select(_ => encoder.GenerateAsync([input], EncodeRequestOptions.OfJob(RequestPriority.Bulk), Token)).ToArray();
        var left = Enumerable.Range(0, 32).Select(_ => encoder.GenerateAsync([input], EncodeRequestOptions.OfJob(RequestPriority.Bulk), given.Token)).ToArray();

        await given.CancelAsync();

        Assert.Equal(32, (await Task.WhenAll(kept)).Length);
        var ends = await Task.WhenAll(left.Select(async request =>
        {
            await Task.WhenAny(request);
            return request.Status;
        }));
        Assert.All(ends, end => Assert.True(end is TaskStatus.Canceled or TaskStatus.RanToCompletion, $"{end}"));
        Assert.Contains(TaskStatus.Canceled, ends);
    }

    [Fact]
    public async Task Load_AfterRuns_TellsOfTheEncoder()
    {
        var factory = new OnnxModelFactory(new OnnxOptions { TuningFolder = null, MaximumWait = TimeSpan.FromSeconds(5) });
        using var encoder = factory.CreateEncoder(Digits, Modality.Text);
        await encoder.GenerateAsync([factory.MakeUp(Digits, Modality.Text)], cancellationToken: Token);

        var load = Assert.IsType<EncoderLoad>(encoder.GetService(typeof(EncoderLoad)));

        Assert.Equal(("digits/text", 0, TimeSpan.Zero), (load.Encoder, load.Waiting, load.Work));
        Assert.Equal(TimeSpan.FromSeconds(5), load.MaximumWait);
        Assert.Equal([load.Encoder], new OnnxRuntimeStatus(factory).Loads.Select(other => other.Encoder));
    }

    [Fact]
    public async Task Generate_SessionWasIdle_IsOpenedAgainAndCountsInTheWait()
    {
        var time = new FakeTimeProvider();
        var factory = new OnnxModelFactory(new OnnxOptions { TuningFolder = null, IdleTime = TimeSpan.FromMinutes(1) }, time: time);
        using var encoder = factory.CreateEncoder(Digits, Modality.Text);
        var input = factory.MakeUp(Digits, Modality.Text);
        var first = await encoder.GenerateAsync([input], cancellationToken: Token);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, factory.OpenBytes);

        var again = await encoder.GenerateAsync([input], cancellationToken: Token);

        Assert.Equal(first[0].Vector.ToArray(), again[0].Vector.ToArray());
        Assert.True(factory.OpenBytes > 0);
    }

    [Fact]
    public async Task CreateEncoder_PipelineHasAThreadBudget_RunsWithinIt()
    {
        var factory = new OnnxModelFactory(new OnnxOptions
        {
            TuningFolder = null,
            IntraOpThreads = 4,
            Threads = 8,
            Pipelines = new Dictionary<string, PipelineBudget> { ["digits"] = new() { Threads = 2 } },
        });

        using var encoder = factory.CreateEncoder(Digits, Modality.Text);
        await encoder.GenerateAsync([factory.MakeUp(Digits, Modality.Text)], cancellationToken: Token);

        Assert.Equal(2, encoder.GetRequiredService<BatchPoint>().Threads);
        Assert.Equal([("digits", 0)], factory.ThreadsInUse);
    }

    [Fact]
    public async Task Generate_PipelineHasAMemoryBudget_ClosesItsOwnSessions()
    {
        var factory = new OnnxModelFactory(new OnnxOptions
        {
            TuningFolder = null,
            Pipelines = new Dictionary<string, PipelineBudget> { ["digits"] = new() { MemoryBytes = 1_000_000 } },
        });
        using var image = factory.CreateEncoder(Digits, Modality.Image);
        using var text = factory.CreateEncoder(Digits, Modality.Text);
        var (picture, words) = (factory.MakeUp(Digits, Modality.Image), factory.MakeUp(Digits, Modality.Text));
        var before = factory.Evicted;

        await image.GenerateAsync([picture], cancellationToken: Token);
        await text.GenerateAsync([words], cancellationToken: Token);

        Assert.True(factory.Evicted > before);
    }

    [Fact]
    public void Admit_WaitsTooLong_IsRefusedUntilTheLineIsShortEnough()
    {
        var load = new EncoderLoad("a/text", 9, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(12.5), TimeSpan.FromSeconds(5));

        load.Admit(RequestPriority.Interactive);
        var refusal = Assert.Throws<EncoderBusyException>(() => load.Admit(RequestPriority.Bulk));

        Assert.Equal(TimeSpan.FromSeconds(7.5), refusal.RetryAfter);
        Assert.Equal("The encoder 'a/text' would begin the request in about 13 s; it may wait 5 s. Send it again later.", refusal.Message);
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using Multimodal.Onnx.Batching;
using Multimodal.Onnx.Tests.Batching;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests.Tracing;

/// <summary>Spans of opening, warming up and running, and how they hang together with those of callers.</summary>
public sealed class EncoderSpansTests : IDisposable
{
    private readonly ActivitySource _callers = new($"callers-{Guid.NewGuid():N}");
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public EncoderSpansTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Multimodal.Onnx" || source.Name == _callers.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _listener.Dispose();
        _callers.Dispose();
    }

    [Fact]
    public async Task Generate_OneCaller_RunIsPartOfWhatItDoes()
    {
        var folder = new ModelRepository(TestPaths.Models).Load("digits");
        var factory = new OnnxModelFactory(new OnnxOptions { WarmUp = true, TuningFolder = null });
        using var caller = _callers.StartActivity("caller")!;
        using var encoder = factory.CreateEncoder(folder, Modality.Image);
        await encoder.GenerateAsync([factory.MakeUp(folder, Modality.Image)], cancellationToken: Token);

        var spans = _ended.Where(span => span.TraceId == caller.TraceId).ToList();
        Assert.Equal(["load digits/image", "warm_up digits/image", "run digits/image"], spans.Select(span => span.DisplayName));
        Assert.All(spans, span =>
        {
            Assert.Equal(caller.SpanId, span.ParentSpanId);
            Assert.Equal("digits/image", span.GetTagItem("gen_ai.request.model"));
            Assert.Equal("cpu", span.GetTagItem("multimodal.execution_provider"));
            Assert.Equal("onnxruntime", span.GetTagItem("gen_ai.provider.name"));
            Assert.Equal(ActivityStatusCode.Unset, span.Status);
        });
        Assert.Equal(1, spans[2].GetTagItem("multimodal.batch.size"));
    }

    [Fact]
    public async Task Enqueue_CallersThatShareARun_AreEachLinked()
    {
        using var gate = new ManualResetEventSlim();
        var model = new FakeBatchModel { During = _ => gate.Wait(Token) };
        await using var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions { MaximumBatch = 4, MaximumPaddingShare = 1 });
        var contexts = new List<ActivityContext>();
        var first = AskAsync(5);
        while (model.Runs.IsEmpty)
        {
            await Task.Delay(1, Token);
        }

        Task[] others = [AskAsync(10), AskAsync(20), AskAsync(30)];
        gate.Set();
        await Task.WhenAll([first, .. others]);

        var run = Assert.Single(_ended, span => span.DisplayName == "run fake" && span.Links.Any(link => contexts.Contains(link.Context)));
        Assert.Equal(contexts[1..], run.Links.Select(link => link.Context));
        Assert.Equal(default, run.ParentSpanId);
        Assert.Equal(3, run.GetTagItem("multimodal.batch.size"));
        Assert.Equal(1 - (60 / 90.0), (double)run.GetTagItem("multimodal.batch.padding")!, 1e-9);

        async Task AskAsync(int item)
        {
            using var caller = _callers.StartActivity("caller")!;
            contexts.Add(caller.Context);
            await batcher.EnqueueAsync(item, RequestPriority.Interactive, Token);
        }
    }

    [Fact]
    public async Task Enqueue_RunThatFails_SaysSoWithoutContent()
    {
        var model = new FakeBatchModel { During = _ => throw new InvalidOperationException("a secret") };
        await using var batcher = new DynamicBatcher<int, long>(model, new BatchingOptions());
        using var caller = _callers.StartActivity("caller")!;

        await Assert.ThrowsAsync<InvalidOperationException>(() => batcher.EnqueueAsync(1, RequestPriority.Interactive, Token));

        var run = Assert.Single(_ended, span => span.ParentSpanId == caller.SpanId);
        Assert.Equal((ActivityStatusCode.Error, "System.InvalidOperationException"), (run.Status, run.GetTagItem("error.type")));
        Assert.DoesNotContain("secret", run.StatusDescription, StringComparison.Ordinal);
    }
}

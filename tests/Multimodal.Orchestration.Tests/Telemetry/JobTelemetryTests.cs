using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Testing.Jobs;

namespace Multimodal.Orchestration.Tests.Telemetry;

public sealed class JobTelemetryTests
{
    private const string Source = "Multimodal.Orchestration";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stages_OfAJob_HaveSpansOfOneTrace()
    {
        using var host = new JobHost();
        using var caller = new Activity("upload").Start();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(caller, spans);

        var record = await host.SubmitAsync(("a.txt", "a"));
        await JobActivities.ListInputs.RunAsync(host.Activities, new ListRequest(JobHost.Job, 1), Token);
        await host.Activities.RunAllAsync(record, Token);

        Assert.Equal(["preprocess", "list", "list", "encode", "fuse", "publish"], spans.Select(span => span.OperationName));
        Assert.All(spans, span => Assert.Equal("a-job", span.GetTagItem("multimodal.job.id")));
        Assert.Equal("text", spans.First().GetTagItem("multimodal.modality"));
    }

    [Fact]
    public async Task Stage_Fails_SaysWhatFailedAndQuotesNothing()
    {
        using var host = new JobHost();
        using var caller = new Activity("upload").Start();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = Listen(caller, spans);

        await Assert.ThrowsAsync<JobNotFoundException>(() => JobActivities.ListInputs.RunAsync(host.Activities, new ListRequest(JobHost.Job, 1), Token));

        var span = Assert.Single(spans);
        Assert.Equal((ActivityStatusCode.Error, nameof(JobNotFoundException)), (span.Status, span.StatusDescription));
    }

    [Fact]
    public async Task ClosedJob_IsCountedByItsStatus()
    {
        using var host = new JobHost();
        var counted = new ConcurrentQueue<(string Instrument, string Tags)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, l) => { if (instrument.Meter.Name == Source) { l.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            counted.Enqueue((instrument.Name, string.Join(' ', tags.ToArray().Select(tag => tag.Value)))));
        listener.Start();

        await host.RunAsync(await host.SubmitAsync(("a.txt", "a"), ("bad.bin", "\0\0")));

        Assert.Contains(("multimodal.jobs", "Partial letters"), counted);
        Assert.Contains(("multimodal.inputs", "text Ready"), counted);
        Assert.Contains(("multimodal.inputs", "unknown Refused"), counted);
    }

    // Other tests run beside this one; the trace tells its own spans from theirs.
    private static ActivityListener Listen(Activity caller, ConcurrentQueue<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == caller.TraceId)
                {
                    spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}

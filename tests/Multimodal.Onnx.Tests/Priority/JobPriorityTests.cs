using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing;
using Multimodal.Testing.Jobs;
using Multimodal.Testing.Pipelines;
using Multimodal.Testing.Storage;

namespace Multimodal.Onnx.Tests.Priority;

/// <summary>Jobs for which somebody waits and others at one encoder, through the activity.</summary>
public sealed class JobPriorityTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RequestPriority.Interactive)]
    [InlineData(RequestPriority.Bulk)]
    public async Task Encode_BulkJobIsQueued_OnlyAnInteractiveJobOvertakesIt(RequestPriority second)
    {
        using var models = new GatedModelFactory(new OnnxModelFactory(new OnnxOptions
        {
            MaximumBatch = 1, ConcurrentRuns = 1, TuningFolder = null, BulkPatience = TimeSpan.FromHours(1),
        }));
        await using var services = Compose(models);
        var bulk = await SubmitAsync(services, "a-bulk-job", RequestPriority.Bulk, [.. Enumerable.Range(1, 5).Select(i => new string('1', 10 + i))]);
        var other = await SubmitAsync(services, "another-job", second, ["222"]);

        var bulkRun = EncodeAsync(services, bulk);
        await UntilAsync(() => models.Asked == 5 && models.Begun.Count == 1);
        var otherRun = EncodeAsync(services, other);
        await UntilAsync(() => models.Asked == 6);
        models.Gate.Set();
        var reports = await Task.WhenAll(bulkRun, otherRun).WaitAsync(Patience, Token);

        Assert.Equal([5, 1], reports.Select(report => report.Encoded));
        var order = models.Begun.ToArray();
        Assert.Equal(6, order.Length);
        Assert.Equal(second == RequestPriority.Interactive ? 1 : 5, Array.IndexOf(order, order.Min()));
    }

    private static ServiceProvider Compose(IModelFactory models)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMultimodalPipeline(TestPaths.Models, new HostSettings { DefaultPipeline = "digits" });
        services.AddSingleton<IBlobStore>(new InMemoryBlobStore(TimeProvider.System));
        services.AddSingleton<IResultPublisher>(new RecordingPublisher());
        services.AddSingleton<IImageDecoder, NoImages>();
        services.AddSingleton(models);
        services.AddSingleton<IJobEngine>(new RecordingEngine());
        return services.BuildServiceProvider();
    }

    private static Task<JobRecord> SubmitAsync(ServiceProvider services, string job, RequestPriority priority, string[] texts) =>
        services.GetRequiredService<JobSubmission>().SubmitAsync(
            JobId.Parse(job),
            new JobOptions { Priority = priority },
            [.. texts.Select((text, i) => new JobFile(
                $"{i}.txt", text.Length, _ => Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes(text))))],
            Token);

    private static async Task<EncodeReport> EncodeAsync(ServiceProvider services, JobRecord record)
    {
        var activities = services.GetRequiredService<JobActivityServices>();
        var listing = await activities.ListInputs.RunAsync(new ListRequest(record.JobId, record.Revision), Token);
        return await activities.Encode.RunAsync(
            new EncodeRequest(record.JobId, record.Revision, listing.Reference, Modality.Text, 0, listing.Ready), Token);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); !holds();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, "What was waited for did not come.");
            await Task.Delay(2, Token);
        }
    }
}

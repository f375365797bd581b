using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Jobs;

namespace Multimodal.Orchestration.Tests.Batches;

/// <summary>A host with batches, whose activities the test runs.</summary>
internal sealed class BatchHost : IDisposable
{
    public const string Batch = "b";

    public BatchHost(BatchHost? beside = null)
    {
        Jobs = beside is null
            ? new JobHost(configure: services => services.AddSingleton<IBatchEngine>(Engine))
            : new JobHost(beside.Jobs, services => services.AddSingleton<IBatchEngine>(Engine));
    }

    public JobHost Jobs { get; }

    public RecordingBatchEngine Engine { get; } = new();

    public BatchAdministration Batches => Jobs.Get<BatchAdministration>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task PutAsync(string name, string content = "some words") =>
        await Jobs.Blobs.WriteAsync(new BlobPath(Containers.Bulk, name), Encoding.UTF8.GetBytes(content), cancellationToken: Token);

    public Task<BatchRecord> SubmitAsync(Func<BatchSpecification, BatchSpecification>? change = null, string id = Batch)
    {
        var specification = new BatchSpecification
        {
            Container = Containers.Bulk,
            Prefix = "in/",
            GroupBy = BatchGrouping.Folder,
            MaximumOpenJobs = 1000,
            Options = new JobOptions { QuietSeconds = 0 },
        };
        return Batches.SubmitAsync(id, change?.Invoke(specification) ?? specification, Token);
    }

    public Task<PageReport> TakeInAsync(int jobs = 10, bool lenient = false) =>
        BatchActivities.TakeInPage.RunAsync(Jobs.Activities, new PageRequest(Batch, jobs, lenient), Token);

    public Task<BatchLook> LookAsync(string? trouble = null) =>
        BatchActivities.LookAtBatch.RunAsync(Jobs.Activities, new LookRequest(Batch, trouble), Token);

    public async Task<BatchRecord> RecordAsync() => (await Jobs.Get<BatchRecords>().FindAsync(Batch, Token))!;

    /// <summary>Takes in all that there is, and runs every job that was started.</summary>
    public async Task RunToItsEndAsync()
    {
        while ((await LookAsync()).State == BatchState.Running)
        {
            await TakeInAsync();
            await RunJobsAsync();
        }
    }

    /// <summary>Runs every job that is open.</summary>
    public async Task RunJobsAsync()
    {
        await foreach (var mark in Jobs.Get<OpenMarks>().ListAsync(DateTimeOffset.MaxValue, Token))
        {
            await Jobs.Activities.RunAllAsync(await Jobs.Get<JobRecords>().GetAsync(mark.JobId, Token), Token);
        }
    }

    public void Dispose() => Jobs.Dispose();
}

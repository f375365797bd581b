using System.Text;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;
using Multimodal.Storage.Azure.Tests.Fixtures;
using Multimodal.Testing.Azurite;
using Multimodal.Testing.Jobs;

namespace Multimodal.Storage.Azure.Tests.Flow;

/// <summary>A batch on a storage account, from the listing to results.</summary>
public sealed class BatchOnAzuriteTests(AzuriteFixture azurite)
{
    private const string Batch = "b";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_FoldersAcrossPages_DiedInTheMiddle_GivesEachJobOneResult()
    {
        using var host = new AzureJobHost(await TestStorage.CreateAsync(azurite));
        await host.ProvisionAsync(Containers.Bulk);
        for (var folder = 0; folder < 30; folder++)
        {
            for (var file = 0; file < 9; file++)
            {
                await host.Store.WriteAsync(
                    new BlobPath(Containers.Bulk, $"in/f{folder:d2}/{file} ü.txt"), Encoding.UTF8.GetBytes($"words {file}"), cancellationToken: Token);
            }
        }

        await host.Batches.CreateAsync(
            new BatchRecord
            {
                Id = Batch,
                State = BatchState.Running,
                StartedAt = DateTimeOffset.UtcNow,
                Specification = new BatchSpecification
                {
                    Container = Containers.Bulk, Prefix = "in/", GroupBy = BatchGrouping.Folder, MaximumOpenJobs = 100, Options = new JobOptions(),
                },
            },
            Token);

        // The second page is cut off in its middle, and done again.
        await TakeInAsync(host, 12);
        host.Store.FailBefore = host.Store.Operations + 70;
        await Assert.ThrowsAnyAsync<Exception>(() => TakeInAsync(host, 12));
        host.Store.FailBefore = 0;
        for (var page = 0; page < 3; page++)
        {
            await TakeInAsync(host, 12);
        }

        for (var folder = 0; folder < 30; folder++)
        {
            var job = JobId.Parse($"{Batch}.f{folder:d2}");
            var record = await host.Records.GetAsync(job, Token);
            await host.Activities.RunAllAsync(record, Token);
            var result = await host.ResultAsync(job);
            Assert.Equal((1, JobOutcomeStatus.Succeeded, 9), (result.Revision, result.Status, result.Inputs.Count));
        }

        var look = await BatchActivities.LookAtBatch.RunAsync(host.Activities, new LookRequest(Batch), Token);
        Assert.Equal(BatchState.Completed, look.State);
        Assert.Equal(new BatchCounts { Listed = 270, Started = 30, Succeeded = 30 }, (await host.Batches.FindAsync(Batch, Token))!.Counts);
    }

    private static Task<PageReport> TakeInAsync(AzureJobHost host, int jobs) =>
        BatchActivities.TakeInPage.RunAsync(host.Activities, new PageRequest(Batch, jobs), Token);
}

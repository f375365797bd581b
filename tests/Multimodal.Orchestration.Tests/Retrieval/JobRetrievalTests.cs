using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Retention;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Retrieval.VectorData;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Jobs;
using Multimodal.Testing.Storage;

namespace Multimodal.Orchestration.Tests.Retrieval;

/// <summary>What is kept of jobs, from their publication to their erasure.</summary>
public sealed class JobRetrievalTests
{
    private static readonly JobId Job = JobId.Parse("one");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_EarlierJobs_AreNamedNearestFirst()
    {
        using var host = new RetrievalHost();

        var first = await host.RunAsync("one", "aab");
        await host.RunAsync("two", "bbb");
        var third = await host.RunAsync("three", "aabb");

        Assert.Empty(first.Neighbours);
        Assert.Equal(["one", "two"], third.Neighbours.Select(neighbour => neighbour.JobId.Value));
        var nearest = third.Neighbours[0];
        Assert.Equal(("a", "letters", 1), (nearest.Label, nearest.Pipeline, nearest.Revision));
        Assert.Equal(["one.txt"], nearest.Files);
        Assert.Equal(6 / Math.Sqrt(5 * 8), nearest.Score, 1e-6);
        Assert.Equal(["fused", "text"], third.Kept.Select(kept => kept.Vector));
    }

    [Fact]
    public async Task Run_SameJobAgain_IsNotItsOwnNeighbour()
    {
        using var host = new RetrievalHost();
        await host.RunAsync("one", "aab");
        await host.RunAsync("two", "aab");

        var again = await host.RunAsync("one", "aabb");

        Assert.Equal(["two"], again.Neighbours.Select(neighbour => neighbour.JobId.Value));
        var entries = await host.EntriesAsync();
        Assert.Equal(["one:fused", "one:text", "two:fused", "two:text"], entries.Select(entry => entry.Key).Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.Equal(entry.JobId == "one" ? 2 : 1, entry.Revision));
    }

    [Fact]
    public async Task Run_KeepAndNeighbours_AreAsDeclared()
    {
        using var host = new RetrievalHost();
        host.WritePipeline("1.0.1", new RetrievalDefinition { Name = "similar", Index = "mine", Keep = ["text"], Neighbours = 1 });
        await host.RunAsync("one", "ab");
        await host.RunAsync("two", "ab");

        var third = await host.RunAsync("three", "ab");

        Assert.Equal(("mine", 1), (third.Index, third.Neighbours.Count));
        Assert.Equal(["text"], third.Kept.Select(kept => kept.Vector));
        Assert.StartsWith("jobs-mine-3-", third.Kept[0].Collection, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("letters", null)]
    [InlineData("letters", "shared")]
    public async Task Run_OtherVersionOfThePipeline_FindsJobsOfTheSameSpaceOnly(string index, string? space)
    {
        using var first = new RetrievalHost();
        var task = new RetrievalDefinition { Name = "similar", Index = index, Space = space };
        first.WritePipeline("2.0.0", task);
        await first.RunAsync("one", "ab");
        first.WritePipeline("3.0.0", task);
        using var second = first.Restart();

        var found = (await second.RunAsync("two", "ab")).Neighbours;

        Assert.Equal(space is null ? [] : ["one"], found.Select(neighbour => neighbour.JobId.Value));

        // A rerun moves the job to where it is found now, and leaves nothing behind.
        await second.RunAsync("one", "ab");
        Assert.Equal(4, (await second.EntriesAsync()).Count);
        Assert.Equal(["one"], (await second.RunAsync("two", "ab")).Neighbours.Select(neighbour => neighbour.JobId.Value));
    }

    [Fact]
    public async Task Publish_FailsAtAnyPointAndIsRepeated_KeepsTheJobOnce()
    {
        for (var at = 1; ; at++)
        {
            using var host = new RetrievalHost();
            var record = await host.SubmitAsync("one", "aab");
            var before = host.Host.Store.Operations;
            host.Host.Store.FailAfter = before + at;
            var failed = false;
            try
            {
                await host.Host.Activities.RunAllAsync(record, Token);
            }
            catch (IOException)
            {
                failed = true;
                await host.Host.Activities.RunAllAsync(record, Token);
            }

            var reached = host.Host.Store.Operations >= before + at;
            host.Host.Store.FailAfter = 0;
            Assert.Equal(reached, failed);
            Assert.Equal(["one:fused", "one:text"], (await host.EntriesAsync()).Select(entry => entry.Key));
            if (!reached)
            {
                Assert.True(at > 20);
                return;
            }
        }
    }

    [Fact]
    public async Task Erase_AtAnyPointOfARun_LeavesNothing()
    {
        for (var at = 1; ; at++)
        {
            using var host = new RetrievalHost();
            await host.RunAsync("other", "ab");
            using var other = host.Restart();
            var record = await host.SubmitAsync("one", "aab");
            var (last, erased) = (host.Host.Store.Operations + at, false);
            host.Host.Store.Before = async number =>
            {
                if (number == last)
                {
                    erased = true;
                    await other.Host.Get<JobAdministration>().EraseAsync(Job, Token);
                }
            };
            try
            {
                await host.Host.Activities.RunAllAsync(record, Token);
            }
            catch (Exception e) when (e is JobErasedException or JobNotFoundException or InputChangedException or InvalidOperationException)
            {
                // What a run ends with whose job is erased.
            }

            if (!erased)
            {
                Assert.True(at > 20);
                return;
            }

            Assert.All(await host.EntriesAsync(), entry => Assert.Equal("other", entry.JobId));
            await host.AssertNothingOfAsync("one:", JobEntry.HashOf(Job));
            Assert.DoesNotContain(await host.Host.ListAsync(), name => name.Contains("/one/", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Erase_JobInSegments_LeavesNothing()
    {
        using var host = new RetrievalHost();
        await host.RunAsync("one", "aab");
        await host.RunAsync("two", "aab");
        await CompactAsync(host);
        await host.RunAsync("one", "bbb");

        Assert.True(await host.Host.Get<JobAdministration>().EraseAsync(Job, Token));

        await host.AssertNothingOfAsync("one:", JobEntry.HashOf(Job));
        Assert.Equal(2, (await host.EntriesAsync()).Count);
        Assert.DoesNotContain((await host.RunAsync("three", "c")).Neighbours, neighbour => neighbour.JobId == Job);
    }

    [Fact]
    public async Task Erase_WhereASegmentIsDamaged_SaysSoAndIsDoneOnceItIsMended()
    {
        using var host = new RetrievalHost();
        await host.RunAsync("one", "aab");
        await CompactAsync(host);
        var segment = (await host.Host.Blobs.ListAsync(Containers.Indexes, "", Token).FirstAsync(entry => entry.Path.Name.Contains("/segments/", StringComparison.Ordinal), Token)).Path;
        var content = (await host.Host.Blobs.ReadAsync(segment, Token))!.Content.ToArray();
        await host.Host.Blobs.WriteAsync(segment, content.AsMemory(0, 100), cancellationToken: Token);
        using var restarted = host.Restart();
        var administration = restarted.Host.Get<JobAdministration>();

        Assert.Equal(segment, (await Assert.ThrowsAsync<IndexDamagedException>(() => administration.EraseAsync(Job, Token))).Blob);
        Assert.Equal([$"jobs/one/indexed/{segment.Name.Split('/')[0]}.json"], (await host.Host.ListAsync()).Where(name => name.Contains("/one/", StringComparison.Ordinal)));

        await host.Host.Blobs.WriteAsync(segment, content, cancellationToken: Token);
        using var mended = host.Restart();
        Assert.True(await mended.Host.Get<JobAdministration>().EraseAsync(Job, Token));
        await mended.AssertNothingOfAsync("one:");
        Assert.DoesNotContain(await host.Host.ListAsync(), name => name.Contains("/one/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_IndexDamaged_IsDoneWithoutIt()
    {
        using var host = new RetrievalHost();
        await host.RunAsync("one", "aab");
        var manifest = (await host.Host.Blobs.ListAsync(Containers.Indexes, "", Token).FirstAsync(entry => entry.Path.Name.EndsWith("manifest.json", StringComparison.Ordinal), Token)).Path;
        await host.Host.Blobs.WriteAsync(manifest, "{"u8.ToArray(), cancellationToken: Token);
        using var restarted = host.Restart();

        var outcome = await restarted.RunAsync("two", "aab");

        Assert.Empty(outcome.Neighbours);
        Assert.Contains(manifest.ToString(), outcome.Incomplete, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_OldEntries_AreTakenOut()
    {
        using var host = new RetrievalHost(new RetentionOptions { IndexDays = 10 });
        await host.RunAsync("old", "aab");
        host.Host.Time.Advance(TimeSpan.FromDays(6));
        await host.RunAsync("new", "aab");
        host.Host.Time.Advance(TimeSpan.FromDays(6));

        var report = await host.Host.Get<RetentionSweep>().RunAsync(Token);

        Assert.Equal(2, report.Indexed);
        Assert.All(await host.EntriesAsync(), entry => Assert.Equal("new", entry.JobId));
        await host.AssertNothingOfAsync("old:");
    }

    [Fact]
    public async Task Sweep_RemnantOfAnErasedJob_IsTakenOut()
    {
        using var host = new RetrievalHost();
        await host.RunAsync("one", "aab");
        await host.RunAsync("two", "aab");

        // As if a process had died between keeping an entry and looking for the tombstone.
        var entries = (await host.EntriesAsync()).Where(entry => entry.JobId == "one").ToList();
        var name = (await host.OutcomeAsync("one")).Kept[0].Collection;
        await host.Host.Get<JobAdministration>().EraseAsync(Job, Token);
        entries.ForEach(entry => entry.Embedding = new float[] { 1, 2, 3 });
        await host.Host.Get<VectorStore>().GetCollection<string, JobEntry>(name, JobEntry.Define(3)).UpsertAsync(entries, Token);

        var report = await host.Host.Get<RetentionSweep>().RunAsync(Token);

        Assert.Equal(2, report.Remnants);
        Assert.All(await host.EntriesAsync(), entry => Assert.Equal("two", entry.JobId));
    }

    [Fact]
    public async Task Run_StoreOfTheUsersOwn_IsUsedInstead()
    {
        using var own = new BlobVectorStore(new InMemoryBlobStore(), new IndexOptions { Freshness = TimeSpan.Zero });
        using var host = new RetrievalHost(configure: services => services.AddSingleton<VectorStore>(own));
        await host.RunAsync("one", "aab");

        Assert.Equal(["one"], (await host.RunAsync("two", "aab")).Neighbours.Select(neighbour => neighbour.JobId.Value));
        Assert.Equal(4, (await host.EntriesAsync(own)).Count);
        Assert.DoesNotContain(await host.Host.ListAsync(), name => name.StartsWith($"{Containers.Indexes}/", StringComparison.Ordinal));
        await host.Host.Get<JobAdministration>().EraseAsync(Job, Token);
        Assert.Equal(2, (await host.EntriesAsync(own)).Count);
    }

    [Fact]
    public async Task Run_PipelineWithoutRetrieval_KeepsNothing()
    {
        using var host = new JobHost();
        await host.SubmitAsync(("a.txt", "aab"));

        await host.RunAsync(await host.RecordAsync());

        Assert.DoesNotContain(await host.ListAsync(), name => name.StartsWith($"{Containers.Indexes}/", StringComparison.Ordinal) || name.Contains("/indexed/", StringComparison.Ordinal));
    }

    private static async Task CompactAsync(RetrievalHost host)
    {
        var name = (await host.OutcomeAsync("one")).Kept[0].Collection;
        var collection = host.Host.Get<VectorStore>().GetCollection<string, JobEntry>(name, JobEntry.Define(3));
        await ((IIndexUpkeep)collection.GetService(typeof(IIndexUpkeep))!).CompactAsync(Token);
    }
}

using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.VectorData;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Retention;
using Multimodal.Orchestration.Search;
using Multimodal.Orchestration.Tests.Fixtures;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;
using Multimodal.Pipeline.Tasks;
using Multimodal.Testing.Jobs;

namespace Multimodal.Orchestration.Tests.Retrieval;

/// <summary>A host whose pipeline keeps jobs; a text's embedding counts its letters: c, a, b of [c, a, b].</summary>
internal sealed class RetrievalHost : IDisposable
{
    public RetrievalHost(RetentionOptions? retention = null, Action<IServiceCollection>? configure = null)
    {
        Host = new JobHost(retention: retention, configure: services =>
        {
            services.AddSingleton(new IndexOptions { Freshness = TimeSpan.Zero });
            configure?.Invoke(services);
        });
        WritePipeline("1.0.0");
    }

    private RetrievalHost(JobHost host) => Host = host;

    public JobHost Host { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A host begun later, on the same stores.</summary>
    public RetrievalHost Restart() => new(new JobHost(Host));

    public void WritePipeline(string version, RetrievalDefinition? task = null) =>
        Host.Pipeline.Write(version, more: [task ?? new RetrievalDefinition { Name = "similar" }]);

    /// <summary>Runs a job of one text, and gives what it says of its neighbours.</summary>
    public async Task<RetrievalOutcome> RunAsync(string job, string text)
    {
        await Host.Activities.RunAllAsync(await SubmitAsync(job, text), Token);
        return await OutcomeAsync(job);
    }

    /// <summary>Submits a job of one text; a closed one is run again.</summary>
    public Task<JobRecord> SubmitAsync(string job, string text) => Host.Get<JobSubmission>().SubmitAsync(
        JobId.Parse(job), new JobOptions(), [JobHost.File($"{job}.txt", Encoding.UTF8.GetBytes(text))], Token);

    public async Task<RetrievalOutcome> OutcomeAsync(string job) =>
        (await Host.Blobs.ReadJsonAsync(JobPaths.Result(JobId.Parse(job)), PipelineJson.Default.JobResult, Token))!.Value.Value
            .Outcomes.OfType<RetrievalOutcome>().Single();

    public Task<SearchAnswer> SearchAsync(SearchQuery query) => Host.Get<JobSearcher>().SearchAsync(query, Token);

    /// <summary>All that the collections hold.</summary>
    public async Task<List<JobEntry>> EntriesAsync(VectorStore? store = null)
    {
        store ??= Host.Get<VectorStore>();
        var entries = new List<JobEntry>();
        foreach (var name in await store.ListCollectionNamesAsync(Token).ToListAsync(Token))
        {
            var collection = store.GetCollection<string, JobEntry>(name, JobEntry.Define(JobSpace.Find(name)!.Dimension));
            entries.AddRange(await collection.GetAsync(_ => true, 100, cancellationToken: Token).ToListAsync(Token));
        }

        return entries;
    }

    /// <summary>Asserts that no blob of an index holds a text.</summary>
    public async Task AssertNothingOfAsync(params string[] texts)
    {
        await foreach (var entry in Host.Blobs.ListAsync(Containers.Indexes, "", Token))
        {
            var content = Encoding.Latin1.GetString((await Host.Blobs.ReadAsync(entry.Path, Token))!.Content.Span);
            Assert.All(texts, text => Assert.DoesNotContain(text, content, StringComparison.Ordinal));
        }
    }

    public void Dispose() => Host.Dispose();
}

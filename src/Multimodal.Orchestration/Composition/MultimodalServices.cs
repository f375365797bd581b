using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.VectorData;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Administration;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Taking;
using Multimodal.Orchestration.Hosting;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Recovery;
using Multimodal.Orchestration.Retention;
using Multimodal.Orchestration.Search;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Signing;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Privacy;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Retrieval.VectorData;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Composition;

/// <summary>Composes what every host has alike.</summary>
public static class MultimodalServices
{
    /// <summary>
    /// Adds the pipeline. The host still adds a blob store, a result publisher, an image decoder, a model factory and
    /// an engine, by the <c>Use…</c> methods of their packages.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="models">The folder of the model repository.</param>
    /// <param name="settings">What the host decides for jobs that do not say it themselves.</param>
    /// <param name="limits">Bounds on inputs.</param>
    /// <param name="retention">How long what is stored is kept.</param>
    /// <param name="trust">Which pipelines are taken; null: all whose files have their hashes.</param>
    /// <exception cref="ArgumentOutOfRangeException">A retention period is out of its range.</exception>
    public static MultimodalBuilder AddMultimodalPipeline(
        this IServiceCollection services,
        string models,
        HostSettings? settings = null,
        InputLimits? limits = null,
        RetentionOptions? retention = null,
        ModelTrustOptions? trust = null)
    {
        retention ??= new RetentionOptions();
        retention.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings ?? new HostSettings());
        services.AddSingleton(limits ?? new InputLimits());
        services.AddSingleton(provider => new ModelRepository(
            models, trust is null ? null : new ModelTrust(trust, provider.GetService<ILogger<ModelRepository>>())));
        services.TryAddSingleton<ITextMask>(NoMask.Instance);
        services.AddSingleton<PreprocessorFactory>();

        // Where nothing is stored, as in an evaluation, there are no jobs to be found.
        services.AddSingleton(provider => new PipelineCatalog(
            provider.GetRequiredService<ModelRepository>(),
            provider.GetRequiredService<PreprocessorFactory>(),
            provider.GetRequiredService<IModelFactory>(),
            provider.GetService<IBlobStore>() is null ? null : provider.GetRequiredService<JobNeighbours>()));
        services.AddSingleton(retention);
        services.AddSingleton<Tombstones>();
        services.AddSingleton<JobBlobs>();

        // A store of the user's own takes its place, registered before this or after it.
        services.TryAddSingleton<VectorStore>(provider => new BlobVectorStore(
            provider.GetRequiredService<IBlobStore>(),
            provider.GetService<IndexOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<BlobVectorStore>>()));
        services.AddSingleton<JobNeighbours>();
        services.AddSingleton<JobIndex>();

        // Whatever writes for a job writes through the guard against erased ones.
        services.AddSingleton(provider => new JobRecords(provider.GetRequiredService<JobBlobs>()));
        services.AddSingleton(provider => new OpenMarks(provider.GetRequiredService<JobBlobs>()));
        services.AddSingleton(provider => new InputStore(provider.GetRequiredService<JobBlobs>(), provider.GetRequiredService<ITextMask>()));
        services.AddSingleton(provider => new FeatureStore(provider.GetRequiredService<JobBlobs>()));
        services.AddSingleton(provider => new EmbeddingStore(provider.GetRequiredService<JobBlobs>(), provider.GetRequiredService<ITextMask>()));
        services.AddSingleton<InputPreprocessor>();
        services.AddSingleton<UploadIntake>();
        services.AddSingleton<JobStarter>();
        services.AddSingleton<JobSubmission>();
        services.AddSingleton<JobLauncher>();
        services.AddSingleton<JobManifests>();
        services.AddSingleton<InputRetake>();
        services.AddSingleton<NameRefusal>();
        services.AddSingleton<UploadEvents>();
        services.AddSingleton<HostClaim>();
        services.AddSingleton<JobEraser>();
        services.AddSingleton<JobAdministration>();
        services.AddSingleton<JobReader>();
        services.AddSingleton<RetentionSweep>();
        services.AddSingleton<StragglerIntake>();
        services.AddSingleton<MissedUploads>();
        services.AddSingleton<UploadSweep>();
        services.AddSingleton<OpenJobSweep>();
        services.AddSingleton<JobSearcher>();
        services.AddSingleton<ListInputsActivity>();
        services.AddSingleton<EncodeActivity>();
        services.AddSingleton<FuseAndExecuteActivity>();
        services.AddSingleton<PublishResultActivity>();
        AddBatches(services);
        services.AddSingleton<JobActivityServices>();
        return new MultimodalBuilder(services);
    }

    // A host that takes batches adds an engine for them, and options of its own where it allows other containers.
    private static void AddBatches(IServiceCollection services)
    {
        services.TryAddSingleton(new BatchOptions());
        services.AddSingleton<BatchRecords>();
        services.AddSingleton<BatchAdministration>();
        services.AddSingleton<LookAtBatchActivity>();
        services.AddSingleton(provider => new BatchPageReader(provider.GetRequiredService<IBlobStore>(), provider.GetRequiredService<InputLimits>()));
        services.AddSingleton<BatchJobs>();

        // The engine that runs the activity is what its jobs are started on.
        services.AddSingleton(provider => new TakeInPageActivity(
            provider.GetRequiredService<BatchRecords>(),
            provider.GetRequiredService<BatchPageReader>(),
            provider.GetRequiredService<BatchJobs>,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TakeInPageActivity>>()));
    }
}

using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Multimodal.Http.Batches;
using Multimodal.Http.Embeddings;
using Multimodal.Http.Events;
using Multimodal.Http.Files;
using Multimodal.Http.Health;
using Multimodal.Http.Listing;
using Multimodal.Http.Problems;
using Multimodal.Http.Samples;
using Multimodal.Http.Search;
using Multimodal.Http.Submission;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Search;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Parity;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Http;

/// <summary>Composes a host with the routes.</summary>
public static class HttpComposition
{
    /// <summary>Adds the routes: <see cref="JobsApi"/> and what lies beside it.</summary>
    /// <param name="builder">The host's pipeline.</param>
    /// <param name="limits">Bounds on requests.</param>
    public static MultimodalBuilder UseJobsApi(this MultimodalBuilder builder, HttpLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(limits ?? new HttpLimits());

        // Whoever describes the routes sees the answers as they are written.
        builder.Services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, HttpJson.Default);
        });
        builder.Services.TryAddSingleton<IJobAdmission, UnboundedAdmission>();
        builder.Services.AddSingleton<SubmissionReader>();
        builder.Services.AddSingleton<SearchReader>();
        builder.Services.AddSingleton(services => new JobWait(
            services.GetRequiredService<JobRecords>(), services.GetRequiredService<TimeProvider>(), StoppingOf(services)));
        builder.Services.AddSingleton(services => new StreamClock(services.GetRequiredService<TimeProvider>(), StoppingOf(services)));
        builder.Services.AddSingleton<StreamSlots>();
        builder.Services.AddSingleton<JobEntrance>();
        builder.Services.AddSingleton<JobAnswers>();
        builder.Services.AddSingleton<JobIndex>();
        builder.Services.AddSingleton<JobFileStores>();
        builder.Services.AddSingleton<EmbeddingsReader>();
        builder.Services.AddSingleton<InputEmbedder>();
        builder.Services.AddSingleton<PipelineSamples>();
        builder.Services.AddSingleton<EncoderParity>();
        builder.Services.AddSingleton<Readiness>();
        builder.Services.AddSingleton<ProblemResults>();
        builder.Services.AddSingleton<JobServices>();
        builder.Services.AddSingleton<HttpServices>();
        AddRoutes(builder.Services);
        return builder;
    }

    private static void AddRoutes(IServiceCollection services)
    {
        services.AddSingleton(provider => new JobsApi(provider.GetRequiredService<JobServices>(), provider.GetRequiredService<HttpServices>()));
        services.AddSingleton(provider => new JobListApi(
            provider.GetRequiredService<JobIndex>(), provider.GetRequiredService<HttpLimits>(), provider.GetRequiredService<ProblemResults>()));
        services.AddSingleton(provider => new JobEventsApi(
            provider.GetRequiredService<JobAnswers>(),
            provider.GetRequiredService<StreamSlots>(),
            provider.GetRequiredService<StreamClock>(),
            provider.GetRequiredService<ProblemResults>()));
        services.AddSingleton(provider => new JobFilesApi(
            provider.GetRequiredService<JobServices>(), provider.GetRequiredService<JobFileStores>(), provider.GetRequiredService<ProblemResults>()));
        services.AddSingleton(provider => new InputViewApi(
            provider.GetRequiredService<JobServices>(), provider.GetRequiredService<JobFileStores>(), provider.GetRequiredService<ProblemResults>()));
        services.AddSingleton(provider => new EmbeddingsApi(
            provider.GetRequiredService<JobServices>(),
            provider.GetRequiredService<EmbeddingsReader>(),
            provider.GetRequiredService<InputEmbedder>(),
            provider.GetRequiredService<ProblemResults>()));
        services.AddSingleton(provider => new SearchApi(
            provider.GetRequiredService<JobSearcher>(),
            provider.GetRequiredService<SearchReader>(),
            provider.GetRequiredService<IJobAdmission>(),
            provider.GetRequiredService<ProblemResults>()));
        services.AddSingleton(provider => new BatchesApi(
            provider.GetRequiredService<BatchAdministration>(),
            provider.GetRequiredService<BatchRecords>(),
            provider.GetRequiredService<HttpLimits>(),
            provider.GetRequiredService<ProblemResults>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SamplesApi(
            provider.GetRequiredService<PipelineSamples>(),
            provider.GetRequiredService<JobManifests>(),
            provider.GetRequiredService<JobEntrance>(),
            provider.GetRequiredService<JobAnswers>(),
            provider.GetRequiredService<ProblemResults>()));
    }

    private static CancellationToken StoppingOf(IServiceProvider services) =>
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
}

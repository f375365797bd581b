using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
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
    public static MultimodalBuilder AddMultimodalPipeline(
        this IServiceCollection services, string models, HostSettings? settings = null, InputLimits? limits = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings ?? new HostSettings());
        services.AddSingleton(limits ?? new InputLimits());
        services.AddSingleton(new ModelRepository(models));
        services.AddSingleton<PreprocessorFactory>();
        services.AddSingleton<PipelineCatalog>();
        services.AddSingleton<JobRecords>();
        services.AddSingleton<InputStore>();
        services.AddSingleton<FeatureStore>();
        services.AddSingleton<EmbeddingStore>();
        services.AddSingleton<InputPreprocessor>();
        services.AddSingleton<UploadIntake>();
        services.AddSingleton<JobStarter>();
        services.AddSingleton<JobSubmission>();
        services.AddSingleton<ListInputsActivity>();
        services.AddSingleton<EncodeActivity>();
        services.AddSingleton<FuseAndExecuteActivity>();
        services.AddSingleton<PublishResultActivity>();
        services.AddSingleton<JobActivityServices>();
        return new MultimodalBuilder(services);
    }
}

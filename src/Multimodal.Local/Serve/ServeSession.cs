using System.Net.Sockets;
using Azure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Multimodal.Orchestration.Hosting;
using Multimodal.Onnx;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Local.Serve;

/// <summary>One call of <c>multimodal serve</c>: serves until it is told to stop.</summary>
internal sealed class ServeSession(ServeSettings settings)
{
    private static readonly TimeSpan LongestDisposal = TimeSpan.FromSeconds(5);

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var application = Build();
        try
        {
            ShowChoices(application.Services, cancellationToken);
            await StartAsync(application, cancellationToken);

            // Whoever started it reads the address from here, alone on its line.
            await Console.Out.WriteLineAsync($"Listening on {string.Join(' ', application.Urls)}");
            await application.WaitForShutdownAsync(cancellationToken);
            return ExitCodes.Success;
        }
        finally
        {
            // What did not end in its time does not keep the process: it is as with a crash, which harms no job.
            await Task.WhenAny(application.DisposeAsync().AsTask(), Task.Delay(LongestDisposal, CancellationToken.None));
        }
    }

    private WebApplication Build()
    {
        try
        {
            return ServeHost.Build(settings);
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException or ArgumentOutOfRangeException or FormatException)
        {
            throw new UsageException($"The configuration cannot be used: {e.Message}");
        }
    }

    // The pipeline is loaded here, so that one that cannot be used is refused before any job is touched.
    private void ShowChoices(IServiceProvider services, CancellationToken cancellationToken)
    {
        var logger = services.GetRequiredService<ILogger<ServeSession>>();
        var catalog = services.GetRequiredService<PipelineCatalog>();
        RequireBudgetsOfPipelines(services.GetRequiredService<OnnxOptions>(), catalog.Repository);
        var pipeline = catalog.Get(settings.Pipeline);
        var runtime = services.GetRequiredService<IRuntimeStatus>();
        if (settings.Storage.Folder is { } folder)
        {
            Log.StorageChosen(logger, folder, Path.Combine(folder, Containers.Uploads, "{jobId}", "{fileName}"));
        }
        else
        {
            Log.StorageChosen(logger, "a storage account", $"the blobs of its container '{Containers.Uploads}', {{jobId}}/{{fileName}}");
        }

        Log.PipelineChosen(
            logger, settings.Pipeline, pipeline.Definition.Version, runtime.Name, string.Join(", ", runtime.ExecutionProviders));
        if (settings.Tune)
        {
            Tune(pipeline, services.GetRequiredService<OnnxModelFactory>(), logger, cancellationToken);
        }
    }

    // A budget under a name that is misspelt would hold nothing.
    private static void RequireBudgetsOfPipelines(OnnxOptions options, ModelRepository repository)
    {
        var known = repository.List();
        if (options.Pipelines.Keys.Except(known, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown)
        {
            throw new UsageException(
                $"The configuration cannot be used: Onnx:Pipelines has a budget for '{unknown}', but the model repository has only: {string.Join(", ", known)}.");
        }
    }

    // Before anything is served: a measurement wants the machine for itself.
    private static void Tune(LoadedPipeline pipeline, OnnxModelFactory models, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var modality in pipeline.Definition.Encoders.Keys.Where(modality => models.FindTuning(pipeline.Folder, modality) is null))
        {
            Log.Measuring(logger, modality.ToName(), pipeline.Definition.Name);
            models.Tune(pipeline.Folder, modality, cancellationToken: cancellationToken);
        }
    }

    private static async Task StartAsync(WebApplication application, CancellationToken cancellationToken)
    {
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is HostConflictException or BlobKeyException)
        {
            throw new ServeException(e.Message);
        }
        catch (IOException e) when (e.InnerException is SocketException or AddressInUseException)
        {
            throw new ServeException($"{e.Message} Choose another address by --port or --urls.");
        }
        catch (SocketException e)
        {
            throw new ServeException($"It cannot listen there: {e.Message}. Choose another address by --port or --urls.");
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException { InnerException: RequestFailedException })
        {
            throw new ServeException($"The storage account cannot be used: {e.Message.Split('\n')[0]}");
        }
    }
}

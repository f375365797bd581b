using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Multimodal.Audio.FFmpeg;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Composition;
using Multimodal.Local.Repository;
using Multimodal.Onnx;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Privacy;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Local.Run;

/// <summary>One call of <c>multimodal run</c>: composes the pipeline, runs the jobs side by side, shows them in their order.</summary>
internal sealed class RunSession(RunSettings settings)
{
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var finder = new LocalJobFinder();
        var jobs = finder.Find(settings.Paths);
        var screen = RunScreen.Create(settings.Json, jobs.Count);
        finder.Warnings.ForEach(screen.Warn);

        using var storage = StorageFolder.Open(settings.Output);
        await using var services = Compose(storage.Path);

        // Refused at once, before any job is touched.
        Check(services.GetRequiredService<PipelineCatalog>().Get(settings.Pipeline), jobs);
        var failed = 0;
        await screen.ShowAsync(
            RunAllAsync(services.GetRequiredService<JobRunner>(), jobs, cancellationToken),
            run => failed += run.Failed ? 1 : 0);
        if (settings.Output is not null)
        {
            screen.Note($"Results: {Path.Combine(storage.Path, "results")}");
        }

        return failed == 0 ? ExitCodes.Success : ExitCodes.JobFailed;
    }

    // What jobs without a job.json of their own all lack is said once.
    private void Check(LoadedPipeline pipeline, IReadOnlyList<LocalJob> jobs)
    {
        var options = new JobOptions { Labels = settings.Labels, Fusion = settings.Fusion };
        JobOptionsException.ThrowIfInvalid(options);
        if (jobs.Any(job => job.Manifest is null))
        {
            JobOptionsException.ThrowIfUnfit(options, pipeline);
        }
    }

    private ServiceProvider Compose(string storage)
    {
        var services = new ServiceCollection();

        // What is thrown away at the end lies in a folder of this process alone, and needs no keys.
        var encryption = settings.Output is null ? new EncryptionOptions() : EncryptionSettings.Read();

        // What goes wrong with a job is shown with the job; the log is for what stands behind it.
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddProvider(new StandardErrorLoggerProvider()));
        services.AddMultimodalPipeline(
            settings.Models,
            new HostSettings { DefaultPipeline = settings.Pipeline, VerdictsInMessages = !encryption.IsOn },
            trust: ModelTrustVariables.Read())
            .UseVipsImaging()
            .UseFFmpegAudio()
            .UseOnnxRuntime()
            .UseMasking(EnvironmentSettings.ReadMasking())
            .UseFileStorage(storage, EncryptionSettings.OpenKeys(encryption))
            .UseLocalEngine();
        services.AddSingleton(settings);
        services.AddSingleton<JobRunner>();
        return services.BuildServiceProvider();
    }

    /// <summary>Runs jobs side by side and gives them in their order, each as soon as it and those before it have ended.</summary>
    private async IAsyncEnumerable<JobRun> RunAllAsync(
        JobRunner runner, IReadOnlyList<LocalJob> jobs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new Queue<Task<JobRun>>();
        var next = 0;
        using var slots = new SemaphoreSlim(settings.Concurrency);
        while (next < jobs.Count || ahead.Count > 0)
        {
            // Bounded, so that a slow job at the front does not hold the results of thousands in memory.
            while (next < jobs.Count && ahead.Count < 4 * settings.Concurrency)
            {
                ahead.Enqueue(RunOneAsync(runner, jobs[next++], slots, cancellationToken));
            }

            yield return await ahead.Dequeue();
        }
    }

    private static async Task<JobRun> RunOneAsync(JobRunner runner, LocalJob job, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => runner.RunAsync(job, cancellationToken), cancellationToken);
        }
        finally
        {
            slots.Release();
        }
    }
}

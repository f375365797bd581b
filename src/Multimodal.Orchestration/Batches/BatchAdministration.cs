using Microsoft.Extensions.Logging;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Intake;

namespace Multimodal.Orchestration.Batches;

/// <summary>Takes batches, and stops them, pauses them, and lets them go on.</summary>
public sealed class BatchAdministration(
    BatchRecords records,
    IBatchEngine engine,
    JobManifests manifests,
    BatchOptions options,
    HostSettings settings,
    TimeProvider time,
    ILogger<BatchAdministration> logger)
{
    private const int RecordsAtOnce = 100;

    /// <summary>The containers that batches may read.</summary>
    public IReadOnlyList<string> AllowedContainers => options.AllowedContainers;

    /// <summary>Starts a batch. The same again is the same batch, whether it is still at work or over.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="specification">What it is to do.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="BatchException">It cannot be done, or there is another batch of that id.</exception>
    /// <exception cref="JobOptionsException">The options of its jobs cannot be used.</exception>
    public async Task<BatchRecord> SubmitAsync(string id, BatchSpecification specification, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(specification);
        if (!BatchIds.IsValid(id))
        {
            throw BatchException.BadId(id);
        }

        Check(specification);

        // Pinned, so that a batch of days is not of two pipelines because the host was started with another default.
        var jobs = specification.Options with { Pipeline = specification.Options.Pipeline ?? settings.DefaultPipeline };
        manifests.Check(jobs);
        specification = specification with { Options = jobs };
        var made = new BatchRecord { Id = id, State = BatchState.Running, Specification = specification, StartedAt = time.GetUtcNow() };
        var record = await records.CreateAsync(made, cancellationToken);
        if (!ReferenceEquals(record, made) && !BatchComparison.AreSame(record.Specification, specification))
        {
            throw BatchException.Exists(id);
        }

        if (!record.HasEnded)
        {
            await engine.StartAsync(new RunBatchRequest(id), cancellationToken);
            Log.BatchStarted(logger, id, specification.Container);
        }

        return record;
    }

    /// <summary>A batch.</summary>
    /// <exception cref="BatchException">There is none.</exception>
    public async Task<BatchRecord> GetAsync(string id, CancellationToken cancellationToken) =>
        BatchIds.IsValid(id) ? await records.FindAsync(id, cancellationToken) ?? throw BatchException.NotFound(id) : throw BatchException.BadId(id);

    /// <summary>Lets a batch take nothing further in until it is resumed. Its jobs go on.</summary>
    /// <exception cref="BatchException">There is none, or it is over.</exception>
    public Task<BatchRecord> PauseAsync(string id, CancellationToken cancellationToken) => SetAsync(id, BatchState.Paused, cancellationToken);

    /// <summary>Lets a paused batch go on where it was.</summary>
    /// <exception cref="BatchException">There is none, or it is over.</exception>
    public async Task<BatchRecord> ResumeAsync(string id, CancellationToken cancellationToken)
    {
        var record = await SetAsync(id, BatchState.Running, cancellationToken);
        await engine.StartAsync(new RunBatchRequest(id), cancellationToken);
        return record;
    }

    /// <summary>Stops a batch for good; its jobs stay, and those that are open go on. One that is over is forgotten.</summary>
    /// <exception cref="BatchException">There is none.</exception>
    public async Task StopAsync(string id, CancellationToken cancellationToken)
    {
        if ((await GetAsync(id, cancellationToken)).HasEnded)
        {
            await records.DeleteAsync(id, cancellationToken);
            return;
        }

        await records.UpdateAsync(
            id, current => current.HasEnded ? current : current with { State = BatchState.Stopped, EndedAt = time.GetUtcNow() }, cancellationToken);
        await engine.WakeAsync(id, cancellationToken);
        Log.BatchStopped(logger, id);
    }

    /// <summary>Starts those batches that are not over and that nothing runs, as after a crash. Repeated it is harmless.</summary>
    /// <returns>How many are not over.</returns>
    public async Task<int> RecoverAsync(CancellationToken cancellationToken)
    {
        var open = 0;
        string? continuation = null;
        do
        {
            (var batches, continuation) = await records.ListAsync(continuation, RecordsAtOnce, cancellationToken);
            foreach (var batch in batches.Where(batch => !batch.HasEnded))
            {
                await engine.StartAsync(new RunBatchRequest(batch.Id), cancellationToken);
                open++;
            }
        }
        while (continuation is not null);
        return open;
    }

    private async Task<BatchRecord> SetAsync(string id, BatchState state, CancellationToken cancellationToken)
    {
        await GetAsync(id, cancellationToken);
        var record = await records.UpdateAsync(
            id,
            current => current.HasEnded ? throw BatchException.HasEnded(id, current.State)
                : current.State == state ? current
                : current with { State = state, Samples = [] },
            cancellationToken);
        await engine.WakeAsync(id, cancellationToken);
        return record;
    }

    private void Check(BatchSpecification specification)
    {
        if (!options.AllowedContainers.Contains(specification.Container, StringComparer.Ordinal))
        {
            throw BatchException.ContainerNotAllowed(specification.Container, options.AllowedContainers);
        }

        if (specification.Prefix.Length > BatchSpecification.LongestPrefix || specification.Prefix.Any(char.IsControl))
        {
            throw BatchException.Bad("The prefix is too long, or has control characters.", $"Use up to {BatchSpecification.LongestPrefix} characters.");
        }

        if (!Enum.IsDefined(specification.GroupBy))
        {
            throw BatchException.Bad("groupBy is none that is known.", "Use \"folder\" or \"blob\".");
        }

        if (specification.JobsPerSecond is { } rate && !(rate > 0 && rate <= 100_000))
        {
            throw BatchException.Bad($"jobsPerSecond is {rate}.", "Use more than 0 and up to 100000, or leave it out.");
        }

        if (specification.MaximumOpenJobs is < 1 or > BatchSpecification.MostOpenJobs)
        {
            throw BatchException.Bad($"maximumOpenJobs is {specification.MaximumOpenJobs}.", $"Use 1 to {BatchSpecification.MostOpenJobs}.");
        }

        if (specification.ExpectedJobs is < 1)
        {
            throw BatchException.Bad($"expectedJobs is {specification.ExpectedJobs}.", "Use 1 or more, or leave it out.");
        }

        if (specification.Options.Inputs is not null)
        {
            throw BatchException.Bad("A batch names inputs.", "Leave them out: the inputs of its jobs are the blobs.");
        }
    }
}

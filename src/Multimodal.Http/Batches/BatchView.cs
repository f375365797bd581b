using Multimodal.Orchestration.Batches;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Http.Batches;

/// <summary>A batch as it is answered.</summary>
internal sealed record BatchView
{
    public required string Id { get; init; }

    public required BatchState State { get; init; }

    public required string Container { get; init; }

    public required string Prefix { get; init; }

    public required BatchGrouping GroupBy { get; init; }

    /// <summary>The options of its jobs.</summary>
    public required JobOptions Options { get; init; }

    public double? JobsPerSecond { get; init; }

    public required int MaximumOpenJobs { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether the whole container was listed.</summary>
    public required bool Listed { get; init; }

    public required BatchCounts Counts { get; init; }

    /// <summary>Jobs that are started and not yet seen closed.</summary>
    public required int Open { get; init; }

    /// <summary>The first of what could not be taken in.</summary>
    public required IReadOnlyList<BatchRefusal> Refusals { get; init; }

    public BatchRate? Rate { get; init; }

    /// <summary>When it will be over if it goes on like this; absent where that cannot be told.</summary>
    public DateTimeOffset? EstimatedEnd { get; init; }

    /// <summary>Where in the listing it goes on; absent at the beginning and at the end.</summary>
    public BatchCursor? Cursor { get; init; }

    /// <summary>Why it does not get on at the moment.</summary>
    public string? Trouble { get; init; }

    public static BatchView Of(BatchRecord batch, DateTimeOffset now)
    {
        var specification = batch.Specification;
        var rate = BatchRate.Of(batch, now);
        return new BatchView
        {
            Id = batch.Id,
            State = batch.State,
            Container = specification.Container,
            Prefix = specification.Prefix,
            GroupBy = specification.GroupBy,
            Options = specification.Options,
            JobsPerSecond = specification.JobsPerSecond,
            MaximumOpenJobs = specification.MaximumOpenJobs,
            StartedAt = batch.StartedAt,
            EndedAt = batch.EndedAt,
            Listed = batch.Listed,
            Counts = batch.Counts,
            Open = batch.Open.Count,
            Refusals = batch.Refusals,
            Rate = rate,
            EstimatedEnd = EstimateEnd(batch, rate, now),
            Cursor = batch.Listed || batch.Cursor == BatchCursor.Start ? null : batch.Cursor,
            Trouble = batch.Trouble,
        };
    }

    // How many jobs there will be is known once all is listed, or where the sender knew.
    private static DateTimeOffset? EstimateEnd(BatchRecord batch, BatchRate? rate, DateTimeOffset now)
    {
        var expected = batch.Listed ? batch.Counts.Started : batch.Specification.ExpectedJobs - batch.Counts.Skipped;
        if (batch.State != BatchState.Running || expected is not { } all || rate is not { EndedPerSecond: > 0 })
        {
            return null;
        }

        var left = Math.Max(0, all - (batch.Counts.Started - batch.Open.Count)) / rate.EndedPerSecond;
        return left < TimeSpan.FromDays(3650).TotalSeconds ? now.AddSeconds(Math.Round(left)) : null;
    }
}

using Multimodal.Orchestration.Batches;

namespace Multimodal.Http.Batches;

/// <summary>How fast a batch gets on, over its last minutes.</summary>
/// <param name="StartedPerSecond">Jobs started a second.</param>
/// <param name="EndedPerSecond">Jobs that came to an end a second.</param>
internal sealed record BatchRate(double StartedPerSecond, double EndedPerSecond)
{
    // Over less than this a rate says nothing.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>The rate between the first kept sample and now; null where the batch is over or only just began.</summary>
    public static BatchRate? Of(BatchRecord batch, DateTimeOffset now)
    {
        if (batch.HasEnded || batch.Samples is not [var first, ..] || now - first.At < Shortest)
        {
            return null;
        }

        var seconds = (now - first.At).TotalSeconds;
        var ended = batch.Counts.Started - batch.Open.Count;
        return new BatchRate(Rounded((batch.Counts.Started - first.Started) / seconds), Rounded((ended - first.Ended) / seconds));
    }

    private static double Rounded(double value) => Math.Round(value, 2);
}

using System.Text.Json;

namespace Multimodal.Trials.Batches;

/// <summary>How a batch stood when it was looked at.</summary>
/// <param name="At">When, after the trial's beginning.</param>
/// <param name="Started">Jobs started.</param>
/// <param name="Open">Jobs open.</param>
/// <param name="IsOver">Whether the batch is completed.</param>
/// <param name="Memory">The service's memory, in MiB.</param>
internal sealed record BatchSight(TimeSpan At, long Started, int Open, bool IsOver, double Memory)
{
    /// <summary>Jobs that came to an end.</summary>
    public long Ended => Started - Open;

    public static BatchSight Of(JsonElement batch, TimeSpan at, long bytes) => new(
        at,
        CountOf(batch, "started"),
        batch.GetProperty("open").GetInt32(),
        batch.GetProperty("state").GetString() == "completed",
        bytes / 1024.0 / 1024.0);

    public static long CountOf(JsonElement batch, string name) => batch.GetProperty("counts").GetProperty(name).GetInt64();
}

using System.Globalization;
using System.Text.Json.Serialization;

namespace Multimodal.Orchestration.Batches;

/// <summary>
/// The authority on a batch: how it stands, how far it is, and what became of it. Place and counts change in one conditional write, so
/// that a page that is taken in twice is counted once.
/// </summary>
public sealed record BatchRecord
{
    /// <summary>How many refusals are kept; further ones are only counted.</summary>
    public const int MostRefusals = 100;

    /// <summary>The batch.</summary>
    public required string Id { get; init; }

    /// <summary>How it stands.</summary>
    public required BatchState State { get; init; }

    /// <summary>What it was asked to do.</summary>
    public required BatchSpecification Specification { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was stopped or completed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where in the listing it goes on.</summary>
    public BatchCursor Cursor { get; set; } = BatchCursor.Start;

    /// <summary>Whether the listing came to its end.</summary>
    public bool Listed { get; init; }

    /// <summary>What became of it so far.</summary>
    public BatchCounts Counts { get; set; } = new();

    /// <summary>The first <see cref="MostRefusals"/> of what could not be taken in.</summary>
    public IReadOnlyList<BatchRefusal> Refusals { get; set; } = [];

    /// <summary>The jobs that were started and not yet seen closed, without the batch's id that they begin with.</summary>
    public IReadOnlyList<string> Open { get; set; } = [];

    /// <summary>What it had done at some earlier times, the latest last.</summary>
    public IReadOnlyList<BatchSample> Samples { get; set; } = [];

    /// <summary>Why it does not get on at the moment; null where it does.</summary>
    public string? Trouble { get; init; }

    /// <summary>What its jobs are marked with: tells them from those of an earlier batch of the same id.</summary>
    [JsonIgnore]
    public string Run => string.Create(CultureInfo.InvariantCulture, $"{Id}@{StartedAt.UtcTicks:x}");

    /// <summary>Whether it is over.</summary>
    [JsonIgnore]
    public bool HasEnded => State is BatchState.Stopped or BatchState.Completed;
}

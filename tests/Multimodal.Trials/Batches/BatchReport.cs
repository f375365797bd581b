using System.Text.Json;

namespace Multimodal.Trials.Batches;

/// <summary>What came of a batch trial. Times are in seconds, memory in MiB.</summary>
internal sealed record BatchReport
{
    public required string Storage { get; init; }

    public required int Jobs { get; init; }

    public required int Kills { get; init; }

    /// <summary>How long it took to put the blobs there.</summary>
    public required double Seeding { get; init; }

    /// <summary>How long the batch took to start the last job, and how many that were a second.</summary>
    public required double Intake { get; init; }

    public required double IntakeJobsPerSecond { get; init; }

    /// <summary>How fast jobs were taken in while none of the limits held the batch up: the fastest five seconds.</summary>
    public required double IntakeBurstJobsPerSecond { get; init; }

    /// <summary>How long it took until every job had a result, and how many that were a second.</summary>
    public required double Whole { get; init; }

    public required double WholeJobsPerSecond { get; init; }

    /// <summary>From a kill until the batch got on again, at the most.</summary>
    public required double LongestResumption { get; init; }

    /// <summary>Processor time of the service for each job, in milliseconds.</summary>
    public required double ProcessorPerJob { get; init; }

    /// <summary>The most jobs that were seen open at once.</summary>
    public required int MostOpen { get; init; }

    /// <summary>The service's memory in the first tenth of the batch, in the last, and at the most.</summary>
    public required double MemoryFirstTenth { get; init; }

    public required double MemoryLastTenth { get; init; }

    public required double MemoryMost { get; init; }

    /// <summary>Blobs whose job has no result, or is open.</summary>
    public required int Lost { get; init; }

    /// <summary>Jobs of more than one revision, jobs of no blob, and blobs with another verdict than theirs.</summary>
    public required int Twice { get; init; }

    public required int Unknown { get; init; }

    public required int Wrong { get; init; }

    /// <summary>Jobs without exactly one distinct message; and messages that came again.</summary>
    public required int Misannounced { get; init; }

    public required int RepeatedMessages { get; init; }

    /// <summary>What the batch says of itself at its end.</summary>
    public required JsonElement Counts { get; init; }

    /// <summary>Whether the batch's own counts are right.</summary>
    public required bool CountsAreRight { get; init; }

    /// <summary>Whether everything is as it must be.</summary>
    public bool IsSound => Lost + Twice + Unknown + Wrong + Misannounced == 0 && CountsAreRight;
}

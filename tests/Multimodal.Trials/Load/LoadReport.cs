namespace Multimodal.Trials.Load;

/// <summary>What came of a load trial. Times are in milliseconds, memory in MiB.</summary>
internal sealed record LoadReport
{
    public required string Storage { get; init; }

    public required int Clients { get; init; }

    public required int Jobs { get; init; }

    /// <summary>Jobs without a result, and those whose result is not the right one or not of revision 1.</summary>
    public required int Lost { get; init; }

    public required int Wrong { get; init; }

    /// <summary>Jobs with more than one distinct message, or none.</summary>
    public required int Misannounced { get; init; }

    /// <summary>Messages beyond one for each job, and results that were published more than once.</summary>
    public required int RepeatedMessages { get; init; }

    public required int RepeatedPublications { get; init; }

    /// <summary>Answers that asked to come again later.</summary>
    public required int Refused { get; init; }

    public required double JobsPerSecond { get; init; }

    public required double P50 { get; init; }

    public required double P95 { get; init; }

    public required double P99 { get; init; }

    /// <summary>Processor time of the service for each job.</summary>
    public required double ProcessorPerJob { get; init; }

    /// <summary>Jobs a second of the encoders alone, on features that are ready, one job at a time on each core.</summary>
    public required double EncodersJobsPerSecond { get; init; }

    /// <summary>The same with preprocessing.</summary>
    public required double PreprocessingAndEncodersJobsPerSecond { get; init; }

    /// <summary>The service's memory over the second quarter of the trial and over the last, on average, and at the most.</summary>
    public required double MemorySecondQuarter { get; init; }

    public required double MemoryLastQuarter { get; init; }

    public required double MemoryMost { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether no job was lost, wrong, or announced otherwise than once.</summary>
    public bool IsSound => Lost + Wrong + Misannounced == 0;
}

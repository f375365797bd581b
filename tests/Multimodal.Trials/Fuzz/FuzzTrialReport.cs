namespace Multimodal.Trials.Fuzz;

/// <summary>What came of a fuzz trial.</summary>
internal sealed record FuzzTrialReport
{
    public required int Seed { get; init; }

    public required int Mutations { get; init; }

    public required int Succeeded { get; init; }

    public required int Refused { get; init; }

    public required IReadOnlyList<FuzzFormatReport> Formats { get; init; }

    /// <summary>What was not tried, and why.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>Mutations that were neither processed nor refused as inputs are, or not in time: format, sample, seed and what happened.</summary>
    public required IReadOnlyList<string> Failures { get; init; }

    /// <summary>The slowest of the formats that are read in this process, and of those that start one.</summary>
    public required double SlowestMilliseconds { get; init; }

    public required double SlowestOfProcessesMilliseconds { get; init; }

    /// <summary>The most memory that the process has held, in MiB.</summary>
    public required double PeakMemory { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether every mutation was processed or refused as inputs are, and in time.</summary>
    public bool IsSound => Failures.Count == 0;
}

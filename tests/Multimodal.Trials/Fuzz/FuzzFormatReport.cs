namespace Multimodal.Trials.Fuzz;

/// <summary>What came of one format's mutations with one kind of preprocessing.</summary>
internal sealed record FuzzFormatReport
{
    public required string Format { get; init; }

    public required string Kind { get; init; }

    public required int Samples { get; init; }

    public required int Mutations { get; init; }

    public required int Succeeded { get; init; }

    /// <summary>By the error's code; <c>other-modality</c> counts files that were recognised as something for another encoder.</summary>
    public required IReadOnlyDictionary<string, int> Refused { get; init; }

    public required int Failed { get; init; }

    public required double SlowestMilliseconds { get; init; }

    public required double LimitMilliseconds { get; init; }

    /// <summary>The most memory that the process has held until the format's end, in MiB; that of ffmpeg's own processes is not in it.</summary>
    public required double PeakMemory { get; init; }
}

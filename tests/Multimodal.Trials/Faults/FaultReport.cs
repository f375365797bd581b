using Multimodal.Testing.Storage.Faults;

namespace Multimodal.Trials.Faults;

/// <summary>What came of a trial with a faulty storage.</summary>
internal sealed record FaultReport
{
    public required string Storage { get; init; }

    public required int Jobs { get; init; }

    /// <summary>Calls to the storage, and how many of them went wrong, by kind.</summary>
    public required int Calls { get; init; }

    public required IReadOnlyDictionary<StorageFault, int> Faults { get; init; }

    /// <summary>Requests that were answered by an error and sent again.</summary>
    public required int RequestsSentAgain { get; init; }

    /// <summary>Jobs that were done though their request was answered by an error, and were sent again, so that they have a second revision.</summary>
    public required int Resubmitted { get; init; }

    /// <summary>Jobs without a result, or still open.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Jobs whose result is not the right one, or not made of every input.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    /// <summary>Jobs without exactly one distinct message id for each revision.</summary>
    public required IReadOnlyList<string> Misannounced { get; init; }

    /// <summary>Messages beyond one for each revision: the same ids again.</summary>
    public required int RepeatedMessages { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether everything is as it must be.</summary>
    public bool IsSound => Lost.Count + Wrong.Count + Misannounced.Count == 0;
}

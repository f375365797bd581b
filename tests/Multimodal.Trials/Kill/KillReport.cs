namespace Multimodal.Trials.Kill;

/// <summary>What came of a kill trial.</summary>
internal sealed record KillReport
{
    public required string Storage { get; init; }

    /// <summary>How often the service was killed, and how often of these before it listened.</summary>
    public required int Kills { get; init; }

    public required int KillsBeforeListening { get; init; }

    /// <summary>Jobs that were accepted over HTTP and by the storage.</summary>
    public required int AcceptedOverHttp { get; init; }

    public required int AcceptedAsUploads { get; init; }

    /// <summary>Jobs whose request was cut off; what of them began must end all the same.</summary>
    public required int CutOff { get; init; }

    /// <summary>Accepted jobs without a result.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>Jobs that are open at the end.</summary>
    public required IReadOnlyList<string> Open { get; init; }

    /// <summary>Accepted jobs whose result is not the right one, or not that of revision 1.</summary>
    public required IReadOnlyList<string> Wrong { get; init; }

    /// <summary>Closed jobs without exactly one distinct message id for their revision.</summary>
    public required IReadOnlyList<string> Misannounced { get; init; }

    /// <summary>Messages on the queue beyond one for each job: the same ids again.</summary>
    public required int RepeatedMessages { get; init; }

    /// <summary>How long the last service took to end what the killed ones had left.</summary>
    public required TimeSpan Recovery { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Whether everything is as it must be.</summary>
    public bool IsSound => Lost.Count + Open.Count + Wrong.Count + Misannounced.Count == 0;
}

namespace Multimodal.Orchestration.Batches;

/// <summary>What became of a batch so far.</summary>
public sealed record BatchCounts
{
    /// <summary>Blobs that were listed.</summary>
    public long Listed { get; init; }

    /// <summary>Jobs that were made and started.</summary>
    public long Started { get; init; }

    /// <summary>Jobs that were there already and were left alone.</summary>
    public long Skipped { get; init; }

    /// <summary>Blobs and folders that could not be taken in.</summary>
    public long Refused { get; init; }

    /// <summary>Jobs that are closed and succeeded.</summary>
    public long Succeeded { get; init; }

    /// <summary>Jobs that are closed and have a result without some of their inputs.</summary>
    public long Partial { get; init; }

    /// <summary>Jobs that are closed and failed.</summary>
    public long Failed { get; init; }

    /// <summary>Jobs that were erased before they were seen closed.</summary>
    public long Erased { get; init; }

    /// <summary>Jobs that came to an end.</summary>
    internal long Ended => Succeeded + Partial + Failed + Erased;
}

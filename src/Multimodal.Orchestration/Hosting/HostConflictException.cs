namespace Multimodal.Orchestration.Hosting;

/// <summary>The storage belongs to a host of another kind.</summary>
public sealed class HostConflictException : Exception
{
    /// <summary>Says whose it is and what to do.</summary>
    /// <param name="kind">The kind of the host that was refused.</param>
    /// <param name="mark">Whose it is.</param>
    public HostConflictException(string kind, HostMark mark)
        : base($"The storage belongs to hosts of the kind '{mark?.Kind}' since {mark?.Since:u}; one of the kind '{kind}' would run its jobs a "
            + $"second time. Use another storage account. Or, once every host of the kind '{mark?.Kind}' is stopped for good and its jobs are "
            + $"closed, delete the blob '{HostClaim.Path}' (multimodal serve: --take-over).") =>
        Mark = mark;

    /// <summary>Whose it is.</summary>
    public HostMark? Mark { get; }
}

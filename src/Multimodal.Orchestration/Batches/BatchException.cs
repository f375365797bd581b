namespace Multimodal.Orchestration.Batches;

/// <summary>A batch that cannot be had as it is asked for.</summary>
public sealed class BatchException : Exception
{
    private BatchException(BatchFault fault, string code, string message, string remedy)
        : base(message)
    {
        Fault = fault;
        Code = code;
        Remedy = remedy;
    }

    /// <summary>What kind of fault it is.</summary>
    public BatchFault Fault { get; }

    /// <summary>The stable code of the kind.</summary>
    public string Code { get; }

    /// <summary>What the sender can do.</summary>
    public string Remedy { get; }

    /// <summary>There is no such batch.</summary>
    public static BatchException NotFound(string id) => new(
        BatchFault.Missing, "batch-not-found", $"There is no batch '{id}'.", "GET /api/batches lists them; a batch is forgotten some time after its end.");

    internal static BatchException BadId(string? id) => new(
        BatchFault.Bad, "bad-batch-id", $"'{(id?.Length > 80 ? id[..80] + "…" : id)}' is not a batch id.", $"Use {BatchIds.Rule}.");

    internal static BatchException Exists(string id) => new(
        BatchFault.Conflict, "batch-exists", $"There is a batch '{id}' already, and it was asked for otherwise.", "Choose another id, or none.");

    internal static BatchException HasEnded(string id, BatchState state) => new(
        BatchFault.Conflict, "batch-ended", $"The batch '{id}' is over: {(state == BatchState.Stopped ? "it was stopped" : "it is completed")}.",
        "Send it again under another id; jobs that are there already are then made once more.");

    internal static BatchException ContainerNotAllowed(string container, IReadOnlyList<string> allowed) => new(
        BatchFault.Bad,
        "container-not-allowed",
        $"Batches may not read the container '{(container.Length > 80 ? container[..80] + "…" : container)}'.",
        allowed.Count == 0 ? "This host takes no batches." : $"Put the blobs into one of: {string.Join(", ", allowed)}.");

    internal static BatchException Bad(string message, string remedy) => new(BatchFault.Bad, "bad-batch", message, remedy);
}

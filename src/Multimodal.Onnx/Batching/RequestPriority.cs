namespace Multimodal.Onnx.Batching;

/// <summary>Who goes first where requests wait.</summary>
public enum RequestPriority
{
    /// <summary>Somebody waits for the answer.</summary>
    Interactive,

    /// <summary>Nobody does: it goes when no interactive request waits, or when it has waited for <see cref="BatchingOptions.BulkPatience"/>.</summary>
    Bulk,
}

namespace Multimodal.Onnx;

/// <summary>What one pipeline may take of the process.</summary>
public sealed record PipelineBudget
{
    /// <summary>That of a pipeline for which nothing is set: no bound of its own, and a share like any other's.</summary>
    public static PipelineBudget Default { get; } = new();

    /// <summary>
    /// What its open sessions may take together, in bytes; beyond it those that nobody uses are closed, the least recently used first. Null:
    /// no bound but that of all.
    /// </summary>
    public long? MemoryBytes { get; init; }

    /// <summary>The threads that its runs may take together, 1 or more. Null: those of all.</summary>
    public int? Threads { get; init; }

    /// <summary>Its weight among the pipelines that want to run at the same time, above 0. What one does not use is lent to the others.</summary>
    public double Share { get; init; } = 1;
}

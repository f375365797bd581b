using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models;

/// <summary>Keeps jobs in an index, so that they are found again, and names the nearest earlier ones.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RetrievalDefinition : TaskDefinition
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "retrieval";

    /// <summary>The name of the fused embedding in <see cref="Keep"/>; the others are named as their modalities.</summary>
    public const string Fused = "fused";

    /// <summary>The most neighbours that a task may name.</summary>
    public const int MostNeighbours = 100;

    /// <summary>The index, 1 to 40 letters, digits, '.', '_' and '-'. Null: the pipeline's name. Pipelines may share one.</summary>
    public string? Index { get; init; }

    /// <summary>Which embeddings are kept of a job: <c>fused</c>, and the pooled one of each modality that is named. Null: all that there are.</summary>
    public IReadOnlyList<string>? Keep { get; init; }

    /// <summary>How many of the nearest earlier jobs the outcome names, 0 to 100.</summary>
    public int Neighbours { get; set; } = 5;

    /// <summary>
    /// The name of the space that the embeddings lie in. Only those of one space are compared: pipelines, and versions of one, that name the
    /// same space find each other's jobs, and whoever writes them vouches that their encoders and fusion are the same. Null: a space of
    /// this very pipeline, in just this version.
    /// </summary>
    public string? Space { get; init; }
}

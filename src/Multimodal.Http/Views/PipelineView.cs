using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Retrieval.Jobs;

namespace Multimodal.Http.Views;

/// <summary>A pipeline as it is answered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Usable">Whether its definition is sound and every file has its declared hash.</param>
/// <param name="Default">Whether jobs that name no pipeline get this one.</param>
internal sealed record PipelineView(string Name, bool Usable, bool Default)
{
    public string? Version { get; init; }

    public string? Digest { get; init; }

    public string? Description { get; init; }

    /// <summary>The modalities that it takes.</summary>
    public IReadOnlyList<Modality>? Modalities { get; init; }

    public IReadOnlyList<TaskView>? Tasks { get; init; }

    public static PipelineView Of(LoadedPipeline pipeline, bool isDefault) => new(pipeline.Definition.Name, true, isDefault)
    {
        Version = pipeline.Definition.Version,
        Digest = pipeline.Digest,
        Description = pipeline.Definition.Description,
        Modalities = [.. pipeline.Definition.Encoders.Keys.Order()],
        Tasks = [.. pipeline.Definition.Tasks.Select(task => new TaskView(
            task.Name,
            (task as ClassificationDefinition)?.Labels,
            task is RetrievalDefinition retrieval ? JobSpace.IndexOf(pipeline.Definition, retrieval) : null))],
    };
}

using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Provenance;
using Multimodal.Pipeline.Models.Signing;

namespace Multimodal.Http.Views;

/// <summary>A pipeline as it is answered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Usable">Whether its definition is sound and every file has its declared hash.</param>
/// <param name="Default">Whether jobs that name no pipeline get this one.</param>
internal sealed record PipelineView(string Name, bool Usable, bool Default)
{
    public string? Version { get; init; }

    public string? Digest { get; init; }

    /// <summary>The id of the trusted key that signed it; null where none did.</summary>
    public string? SignedBy { get; init; }

    /// <summary>Where its weights come from, as its definition says.</summary>
    public PipelineProvenance? Provenance { get; init; }

    public string? Description { get; init; }

    /// <summary>The modalities that it takes.</summary>
    public IReadOnlyList<Modality>? Modalities { get; init; }

    /// <summary>The methods of fusion that jobs may ask for, its own first.</summary>
    public IReadOnlyList<string>? FusionMethods { get; init; }

    public IReadOnlyList<TaskView>? Tasks { get; init; }

    public static PipelineView Of(LoadedPipeline pipeline, bool isDefault) => new(pipeline.Definition.Name, true, isDefault)
    {
        Version = pipeline.Definition.Version,
        Digest = pipeline.Digest,
        SignedBy = pipeline.Folder.Signature is { State: SignatureState.Trusted, Key: { } key } ? key.Id : null,
        Provenance = pipeline.Definition.Provenance,
        Description = pipeline.Definition.Description,
        Modalities = [.. pipeline.Definition.Encoders.Keys.Order()],
        FusionMethods = pipeline.Methods,
        Tasks = [.. pipeline.Definition.Tasks.Select(task => TaskView.Of(task, pipeline.Definition))],
    };
}

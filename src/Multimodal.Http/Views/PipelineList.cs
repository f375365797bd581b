namespace Multimodal.Http.Views;

/// <summary>The pipelines of a host.</summary>
internal sealed record PipelineList(IReadOnlyList<PipelineView> Pipelines);

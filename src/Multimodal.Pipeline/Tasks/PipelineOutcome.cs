using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tasks;

/// <summary>What a pipeline's tasks say to a job.</summary>
/// <param name="Outcomes">On all modalities together, in the order of the tasks; verdicts are explained.</param>
/// <param name="Own">The verdicts on each used modality alone.</param>
public sealed record PipelineOutcome(
    IReadOnlyList<TaskOutcome> Outcomes, IReadOnlyDictionary<Modality, IReadOnlyList<TaskOutcome>> Own);

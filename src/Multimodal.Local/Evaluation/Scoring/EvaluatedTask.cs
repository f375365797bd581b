using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Evaluation.Scoring;

/// <summary>Finds the task whose verdicts are scored.</summary>
internal static class EvaluatedTask
{
    /// <summary>The pipeline's first classification.</summary>
    /// <exception cref="PipelineException">It has none.</exception>
    public static ClassificationDefinition Of(PipelineDefinition pipeline) =>
        pipeline.Tasks.OfType<ClassificationDefinition>().FirstOrDefault()
            ?? throw new PipelineException($"The pipeline '{pipeline.Name}' cannot be evaluated: it has no classification.");
}

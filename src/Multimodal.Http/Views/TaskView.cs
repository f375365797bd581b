using Multimodal.Pipeline;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Retrieval.Jobs;

namespace Multimodal.Http.Views;

/// <summary>A task of a pipeline as it is answered.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it does, as in <c>pipeline.json</c>.</param>
/// <param name="Labels">What a classification chooses from, where jobs bring no labels; absent for other tasks, and where every job must bring its own.</param>
/// <param name="TakesLabels">Whether jobs may bring labels of their own.</param>
/// <param name="Index">The index that a retrieval keeps jobs in; absent for other tasks.</param>
internal sealed record TaskView(string Name, string Kind, IReadOnlyList<string>? Labels, bool TakesLabels, string? Index)
{
    public static TaskView Of(TaskDefinition task, PipelineDefinition pipeline) => new(
        task.Name,
        KindOf(task),
        task switch
        {
            ClassificationDefinition classification => classification.Labels,
            ZeroShotDefinition zeroShot => zeroShot.Labels,
            _ => null,
        },
        task is ZeroShotDefinition,
        task is RetrievalDefinition retrieval ? JobSpace.IndexOf(pipeline, retrieval) : null);

    // By what writes the definition, so that a kind that comes later is named too.
    private static string KindOf(TaskDefinition task) =>
        PipelineJson.Default.TaskDefinition.PolymorphismOptions!.DerivedTypes.First(derived => derived.DerivedType == task.GetType()).TypeDiscriminator!.ToString()!;
}

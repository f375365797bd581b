using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Retrieval.Jobs;
using Multimodal.Pipeline.Tasks.Decisions;
using Multimodal.Pipeline.Tasks.ZeroShot;

namespace Multimodal.Pipeline.Tasks;

/// <summary>Opens the tasks that a pipeline declares.</summary>
internal sealed class TaskOpener(ModelFolder folder, IModelFactory models, LabelTexts labels, JobNeighbours? neighbours)
{
    /// <summary>Opens a task.</summary>
    public ITask Open(TaskDefinition task) => task switch
    {
        ClassificationDefinition classification => new Classification(classification, OpenHead(classification.Model)),
        ZeroShotDefinition zeroShot => new ZeroShotClassification(
            zeroShot, folder.Definition.Encoders.ToDictionary(pair => pair.Key, pair => pair.Value.Space), labels),
        TranscriptionDefinition transcription => new Transcription(transcription),
        RetrievalDefinition retrieval => new JobRetrieval(folder, retrieval, neighbours),
        DecisionDefinition decision => new Decision(decision),
        _ => throw new PipelineException($"The task kind of '{task.Name}' is not known."),
    };

    private ITaskHead OpenHead(string model) => model.EndsWith(LinearHead.Ending, StringComparison.Ordinal)
        ? LinearHead.Load(folder.CheckedPathOf(model))
        : models.CreateHead(folder, model);
}

using Multimodal.Capacity.Inputs;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Service;

/// <summary>What a job is.</summary>
/// <param name="Profile">What its steps cost.</param>
/// <param name="Inputs">How many inputs of each modality, 1 or more.</param>
/// <param name="Posted">Whether it is posted whole; else its inputs are uploaded, and it waits for quiet.</param>
internal sealed record Work(JobProfile Profile, IReadOnlyDictionary<Modality, int> Inputs, bool Posted)
{
    /// <summary>Inputs of all modalities.</summary>
    public int Total => Inputs.Values.Sum();

    /// <summary>Encoder activities: a modality's inputs in chunks.</summary>
    public IReadOnlyList<(Modality Modality, int Inputs)> Chunks { get; } =
    [
        .. from pair in Inputs
           from offset in Enumerable.Range(0, (pair.Value + JobOrchestration.ChunkSize - 1) / JobOrchestration.ChunkSize)
           select (pair.Key, Math.Min(JobOrchestration.ChunkSize, pair.Value - (offset * JobOrchestration.ChunkSize))),
    ];

    /// <summary>
    /// What the scheduler dispatches for it at the most: as measured, with the encoder activities and events that these inputs need. The blob
    /// events of a posted job wake it only while it is open.
    /// </summary>
    public JobHistory History
    {
        get
        {
            // The measured job has one encoder activity for each of the modalities.
            var measured = Posted ? Profile.Posted : Profile.Uploaded;
            var modalities = Enum.GetValues<Modality>().Length;
            return measured with
            {
                Activities = measured.Activities - modalities + Chunks.Count,
                Events = Posted ? measured.Events + (int)Math.Ceiling(Profile.SeenWakes * Total) : measured.Events * Total / modalities,
            };
        }
    }
}

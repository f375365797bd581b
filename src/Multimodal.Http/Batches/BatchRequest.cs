using System.ComponentModel;
using System.Text.Json.Serialization;
using Multimodal.Orchestration.Batches;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Http.Batches;

/// <summary>
/// A batch as it is sent; also for those who describe the route, found among its metadata. The route reads its body itself, and answers one
/// that cannot be used itself.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BatchRequest
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/json";

    private const int DefaultOpenJobs = 500;

    /// <summary>The batch's id.</summary>
    [Description("The batch's id: 1 to 32 letters, digits, '_' or '-'; one is made where it is absent. The same batch sent twice is one batch.")]
    public string? Id { get; init; }

    /// <summary>The container that is read.</summary>
    [Description("The container that is read, one of those that the host allows to batches; 'bulk' where it is absent.")]
    public string? Container { get; init; }

    /// <summary>What the names of the blobs begin with.</summary>
    [Description("What the names of the blobs begin with; all where it is absent.")]
    public string? Prefix { get; init; }

    /// <summary>What becomes one job.</summary>
    [Description("A job for each folder under the prefix, or for each blob; a folder where it is absent.")]
    public BatchGrouping? GroupBy { get; init; }

    /// <summary>The pipeline of the jobs.</summary>
    [Description("The pipeline of the jobs; the host's own where it is absent.")]
    public string? Pipeline { get; init; }

    /// <summary>Whether others may go first.</summary>
    [Description("interactive, or bulk as it is where it is absent: others go first where encoders are busy.")]
    public RequestPriority? Priority { get; init; }

    /// <summary>How long each job waits for its inputs at the most, in seconds.</summary>
    [Description("How long each job waits for its inputs at the most, in seconds, as in job.json.")]
    public double? DeadlineSeconds { get; init; }

    /// <summary>The method of fusion.</summary>
    [Description("The method of fusion, as in job.json.")]
    public string? Fusion { get; init; }

    /// <summary>The labels of zero-shot classification.</summary>
    [Description("The labels of zero-shot classification, as in job.json.")]
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Fusion weights by modality.</summary>
    [Description("Fusion weights by modality, as in job.json.")]
    public IReadOnlyDictionary<Modality, double>? Weights { get; init; }

    /// <summary>How many jobs are started a second at the most.</summary>
    [Description("How many jobs are started a second at the most; where it is absent the open jobs alone are bounded.")]
    public double? JobsPerSecond { get; init; }

    /// <summary>How many of the batch's jobs are open at once.</summary>
    [Description("How many of the batch's jobs are open at once, 1 to 10000; 500 where it is absent.")]
    public int? MaximumOpenJobs { get; init; }

    /// <summary>How many jobs the batch will have.</summary>
    [Description("How many jobs the batch will have, where that is known: its end is then estimated from the beginning.")]
    public long? ExpectedJobs { get; init; }

    internal BatchSpecification ToSpecification() => new()
    {
        Container = Container ?? Containers.Bulk,
        Prefix = Prefix ?? "",
        GroupBy = GroupBy ?? BatchGrouping.Folder,
        JobsPerSecond = JobsPerSecond,
        MaximumOpenJobs = MaximumOpenJobs ?? DefaultOpenJobs,
        ExpectedJobs = ExpectedJobs,
        Options = new JobOptions
        {
            Pipeline = Pipeline,
            Priority = Priority ?? RequestPriority.Bulk,
            DeadlineSeconds = DeadlineSeconds ?? JobOptions.DefaultDeadlineSeconds,
            Fusion = Fusion,
            Labels = Labels,
            Weights = Weights,

            // Nothing is waited for that is not named.
            QuietSeconds = 0,
        },
    };
}

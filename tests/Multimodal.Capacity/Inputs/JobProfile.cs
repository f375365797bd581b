namespace Multimodal.Capacity.Inputs;

/// <summary>A job as measured: <c>infra/capacity/job.json</c>, written by the command <c>measure</c>.</summary>
/// <param name="Pipeline">The pipeline, with its version.</param>
/// <param name="Machine">What it ran on.</param>
/// <param name="RequestProcessorMilliseconds">Processor time of a request to a storage account, on the client's side and without TLS.</param>
/// <param name="NetworkProcessorMilliseconds">Processor time of a network for one encoder activity of one input, on average over the modalities.</param>
/// <param name="Posted">The history of a job that was posted whole.</param>
/// <param name="Uploaded">That of a job whose inputs were uploaded one by one, and which waited for quiet.</param>
/// <param name="SeenWakes">Events raised for each input of a posted job whose blob event comes while the job is open.</param>
/// <param name="Submit">A posted job taken in: its record, its inputs stored and preprocessed. Inputs: all of the job.</param>
/// <param name="TakeIn">The event of one upload that is new.</param>
/// <param name="Seen">The event of one upload whose work is done, as after each post.</param>
/// <param name="List">The activity that asks what is there. Inputs: all of the job.</param>
/// <param name="Encode">The activity of one modality. Inputs: those of the modality.</param>
/// <param name="Fuse">Inputs: all of the job.</param>
/// <param name="Publish">Inputs: all of the job.</param>
/// <param name="MostOnOneBlob">The most requests that any one blob got of one job.</param>
internal sealed record JobProfile(
    string Pipeline,
    string Machine,
    double RequestProcessorMilliseconds,
    double NetworkProcessorMilliseconds,
    JobHistory Posted,
    JobHistory Uploaded,
    double SeenWakes,
    PhaseLine Submit,
    PhaseCost TakeIn,
    PhaseCost Seen,
    PhaseLine List,
    PhaseLine Encode,
    PhaseLine Fuse,
    PhaseLine Publish,
    double MostOnOneBlob);

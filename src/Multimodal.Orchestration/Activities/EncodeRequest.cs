using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>Asks for the embeddings of some of a job's inputs of one modality.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Listing">The stored listing that names the inputs.</param>
/// <param name="Modality">The modality.</param>
/// <param name="Offset">The first input, counted among the listing's ready ones of the modality.</param>
/// <param name="Count">How many.</param>
public sealed record EncodeRequest(JobId JobId, int Revision, string Listing, Modality Modality, int Offset, int Count);

namespace Multimodal.Orchestration.Retention;

/// <summary>What a sweep deleted, in blobs.</summary>
/// <param name="Uploads">Uploads.</param>
/// <param name="Features">Features.</param>
/// <param name="Embeddings">Embeddings of inputs.</param>
/// <param name="Quarantined">Refused uploads and their reasons.</param>
/// <param name="Tombstones">Tombstones that had expired.</param>
/// <param name="Remnants">What a process that died had left of erased jobs, entries of indexes included.</param>
/// <param name="Indexed">Entries of indexes.</param>
/// <param name="Batches">Records of batches.</param>
/// <param name="Results">Results and their embeddings.</param>
/// <param name="Jobs">Jobs with all that was left of them; these are counted as jobs.</param>
public sealed record SweepReport(
    int Uploads,
    int Features,
    int Embeddings,
    int Quarantined,
    int Tombstones,
    int Remnants,
    int Indexed = 0,
    int Batches = 0,
    int Results = 0,
    int Jobs = 0);

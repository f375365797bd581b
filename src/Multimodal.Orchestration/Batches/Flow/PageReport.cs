namespace Multimodal.Orchestration.Batches.Flow;

/// <summary>What became of a page.</summary>
/// <param name="Started">Jobs that were started.</param>
/// <param name="Skipped">Jobs that were there already.</param>
/// <param name="Refused">Blobs and folders that could not be taken in.</param>
/// <param name="Listed">Whether the listing came to its end.</param>
public sealed record PageReport(int Started, int Skipped, int Refused, bool Listed);

namespace Multimodal.Orchestration.Batches.Taking;

/// <summary>A page of a batch, read from the listing.</summary>
/// <param name="Groups">What is to become jobs.</param>
/// <param name="Next">Where the next page begins.</param>
/// <param name="Listed">How many blobs of the listing are done with then.</param>
/// <param name="IsLast">Whether the listing is at its end then.</param>
internal sealed record BatchPage(IReadOnlyList<BatchGroup> Groups, BatchCursor Next, int Listed, bool IsLast);

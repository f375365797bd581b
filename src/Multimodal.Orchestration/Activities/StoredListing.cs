using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Activities;

/// <summary>The inputs that a revision is made of, as they lie in the store.</summary>
/// <param name="Receipts">What became of each input, in the order of the names.</param>
/// <param name="Awaited">The names of what had not come, or was not preprocessed.</param>
public sealed record StoredListing(IReadOnlyList<InputReceipt> Receipts, IReadOnlyList<string> Awaited)
{
    /// <summary>The ready inputs of a modality, in the order of the names.</summary>
    public IEnumerable<InputReceipt> ReadyOf(Modality modality) =>
        Receipts.Where(receipt => receipt.State == InputState.Ready && receipt.Modality == modality);
}

namespace Multimodal.Http.Batches;

/// <summary>Some of the batches, in the order of their ids.</summary>
/// <param name="Batches">The batches.</param>
/// <param name="Continuation">Asks for the next ones; absent on the last page.</param>
internal sealed record BatchList(IReadOnlyList<BatchView> Batches, string? Continuation);

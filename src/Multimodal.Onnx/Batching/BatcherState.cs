namespace Multimodal.Onnx.Batching;

/// <summary>How a batcher is at present, as <see cref="WaitingWork"/> needs to know it; times in seconds.</summary>
/// <param name="Running">Runs that are at work, or wait for their turn.</param>
/// <param name="Runs">The most runs at once.</param>
/// <param name="MaximumBatch">The most items of a run.</param>
/// <param name="Free">When the first of them is likely to end; 0 where one is free.</param>
/// <param name="Delay">How long a run waits for its turn among those of other networks.</param>
/// <param name="Opening">How long the network takes to be opened; 0 where it is open.</param>
/// <param name="OldestBulk">How long the oldest bulk item has waited.</param>
/// <param name="BulkPatience">After so long it is overtaken no more.</param>
internal readonly record struct BatcherState(
    int Running, int Runs, int MaximumBatch, double Free, double Delay, double Opening, double OldestBulk, double BulkPatience);

namespace Multimodal.Onnx.Batching;

/// <summary>An item's result, and what it took.</summary>
/// <param name="Result">The result.</param>
/// <param name="Waited">From the request to the beginning of the run.</param>
/// <param name="Ran">How long the run took that gave it.</param>
/// <param name="Batch">How many items shared that run.</param>
/// <param name="Foreseen">How long it was expected to wait, when it was taken.</param>
internal readonly record struct BatchedResult<TResult>(TResult Result, TimeSpan Waited, TimeSpan Ran, int Batch, TimeSpan Foreseen);

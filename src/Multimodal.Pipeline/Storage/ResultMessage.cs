namespace Multimodal.Pipeline.Storage;

/// <summary>A message as it goes on the queue.</summary>
/// <param name="Id">Derived from job and revision, so that a repeated delivery is known as one.</param>
/// <param name="Content">A CloudEvents 1.0 event in JSON, UTF-8.</param>
public sealed record ResultMessage(string Id, ReadOnlyMemory<byte> Content);

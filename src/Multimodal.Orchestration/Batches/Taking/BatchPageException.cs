namespace Multimodal.Orchestration.Batches.Taking;

/// <summary>A page could not be taken in; another attempt may do it.</summary>
internal sealed class BatchPageException(Exception failure) : Exception(failure.Message, failure);

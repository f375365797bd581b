namespace Multimodal.Storage.Azure.Queues;

/// <summary>A message is larger than a storage queue takes. Sending it again does not help.</summary>
/// <param name="messageId">The message's id.</param>
/// <param name="length">Its size in bytes.</param>
/// <param name="maximum">The most bytes that fit.</param>
public sealed class ResultMessageTooLargeException(string messageId, int length, int maximum)
    : Exception($"The message '{messageId}' has {length} bytes; a storage queue takes {maximum} bytes before Base64.")
{
    /// <summary>The message's id.</summary>
    public string MessageId { get; } = messageId;

    /// <summary>The message's size in bytes.</summary>
    public int Length { get; } = length;

    /// <summary>The most bytes that fit.</summary>
    public int Maximum { get; } = maximum;
}

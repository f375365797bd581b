namespace Multimodal.Local.Hub;

/// <summary>What was to be fetched could not be; the message says what and what to do.</summary>
internal sealed class HubException(string message, Exception? innerException = null) : Exception(message, innerException);

namespace Multimodal.Local.Serve;

/// <summary>The service cannot start; the message says why and what to do.</summary>
internal sealed class ServeException(string message) : Exception(message);

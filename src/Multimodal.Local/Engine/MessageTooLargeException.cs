namespace Multimodal.Local.Engine;

/// <summary>Something crosses the orchestration that belongs into the store.</summary>
internal sealed class MessageTooLargeException(string activity, string part, int length, int limit)
    : Exception($"The {part} of the activity {activity} is {length:N0} bytes of JSON; an engine takes {limit:N0}. Hand over a reference.");

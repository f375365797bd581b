namespace Multimodal.Http.Events;

/// <summary>When a stream looks again, and when it ends because the host stops.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Stopping">The host stops.</param>
internal sealed record StreamClock(TimeProvider Time, CancellationToken Stopping)
{
    /// <summary>How soon after a change the next look is.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(60);

    /// <summary>The longest between two looks, while nothing changes.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>The longest that nothing is sent: what lies between must not take the connection for dead.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
}

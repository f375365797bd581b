namespace Multimodal.Orchestration.Flow;

/// <summary>How often and when a failed activity is tried again.</summary>
/// <param name="Attempts">Attempts in all, 1 or more.</param>
/// <param name="FirstDelay">The wait before the second attempt.</param>
/// <param name="Backoff">What each further wait is multiplied by.</param>
/// <param name="MaximumDelay">The longest wait.</param>
public sealed record RetryPolicy(int Attempts, TimeSpan FirstDelay, double Backoff, TimeSpan MaximumDelay)
{
    /// <summary>The one policy: what an activity throws is worth another try; what is not comes back as data.</summary>
    public static RetryPolicy Default { get; } = new(4, TimeSpan.FromSeconds(1), 3, TimeSpan.FromSeconds(30));

    /// <summary>The wait after a failed attempt, counted from 1.</summary>
    public TimeSpan DelayAfter(int attempt)
    {
        var seconds = FirstDelay.TotalSeconds * Math.Pow(Backoff, attempt - 1);
        return TimeSpan.FromSeconds(Math.Min(seconds, MaximumDelay.TotalSeconds));
    }
}

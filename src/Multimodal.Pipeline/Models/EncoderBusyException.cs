using System.Globalization;

namespace Multimodal.Pipeline.Models;

/// <summary>An encoder has as much waiting as may wait: a refusal of this moment, not of the request.</summary>
public sealed class EncoderBusyException : Exception
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>Refuses a request because of the number of those that wait.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="limit">How many requests may wait.</param>
    /// <param name="retryAfter">When there is likely to be room.</param>
    public EncoderBusyException(string model, int limit, TimeSpan retryAfter = default)
        : base($"The encoder '{model}' has {limit} requests waiting, as many as may wait. Send the request again later.")
    {
        RetryAfter = retryAfter > Least ? retryAfter : Least;
    }

    /// <summary>Refuses a request because it would wait too long.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="wait">How long it would wait.</param>
    /// <param name="limit">How long it may; less than <paramref name="wait"/>.</param>
    public EncoderBusyException(string model, TimeSpan wait, TimeSpan limit)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The encoder '{model}' would begin the request in about {Math.Ceiling(wait.TotalSeconds)} s; it may wait {limit.TotalSeconds:0.###} s. Send it again later."))
    {
        RetryAfter = wait - limit > Least ? wait - limit : Least;
    }

    /// <summary>When the request is likely to be taken; a second or more.</summary>
    public TimeSpan RetryAfter { get; }
}

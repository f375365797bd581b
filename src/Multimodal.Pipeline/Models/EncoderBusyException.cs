namespace Multimodal.Pipeline.Models;

/// <summary>An encoder has as many requests waiting as may wait: a refusal of this moment, not of the request.</summary>
public sealed class EncoderBusyException : Exception
{
    /// <summary>Refuses a request.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="limit">How many requests may wait.</param>
    public EncoderBusyException(string model, int limit)
        : base($"The encoder '{model}' has {limit} requests waiting, as many as may wait. Send the request again later.")
    {
    }
}

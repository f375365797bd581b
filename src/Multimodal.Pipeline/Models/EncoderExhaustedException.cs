namespace Multimodal.Pipeline.Models;

/// <summary>
/// An encoder has not enough memory for one input, even alone and in a session just opened. Whether the input is too large or the machine
/// too full, it does not know.
/// </summary>
public sealed class EncoderExhaustedException : Exception
{
    /// <summary>Tells of a failure.</summary>
    /// <param name="model">The encoder's name.</param>
    /// <param name="innerException">What the runtime said.</param>
    public EncoderExhaustedException(string model, Exception innerException)
        : base($"The encoder '{model}' has not enough memory for this input, even alone.", innerException)
    {
    }
}

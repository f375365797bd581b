using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Audio.Sources;

/// <summary>The refusals of recordings that their formats have in common.</summary>
public static class AudioFault
{
    /// <summary>A recording without a sample.</summary>
    public static InputException NoSamples(string name) => new(
        InputErrorCodes.NoContent, $"'{name}' holds no samples.", "Send a recording with sound in it.");

    /// <summary>A recording without anything that can be heard.</summary>
    public static InputException Silent(string name) => new(
        InputErrorCodes.NoContent, $"'{name}' is silent.", "Check the microphone and record again.");

    /// <summary>A recording longer than <see cref="InputLimits.MaximumSeconds"/>.</summary>
    /// <param name="name">The input's name.</param>
    /// <param name="seconds">Its duration; null where it was given up before its end.</param>
    /// <param name="limits">Bounds on inputs.</param>
    public static InputException TooLong(string name, double? seconds, InputLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return new(
            InputErrorCodes.TooLarge,
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' lasts {(seconds is { } known ? $"{known:0.#} s" : "longer")}; at most {limits.MaximumSeconds:0.#} s are read."),
            "Send a shorter recording, or cut it into several.");
    }

    /// <summary>A recording that does not decode.</summary>
    public static InputException Corrupt(string name, string what, Exception? innerException = null) => new(
        InputErrorCodes.Corrupt, $"'{name}' is not a sound recording: {what}.", "Export the recording again, and upload it whole.", innerException);

    /// <summary>Samples beyond what can be computed with; floating-point files may hold such.</summary>
    public static InputException BeyondMeasure(string name) => new(
        InputErrorCodes.Corrupt, $"'{name}' holds samples that are beyond all measure.", "Export the recording as WAV with 16-bit PCM.");
}

using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>The refusals of WAV files.</summary>
internal static class WavFault
{
    public static InputException Corrupt(string name, string what) => new(
        InputErrorCodes.Corrupt, $"'{name}' is not a sound WAV file: {what}.", "Export the recording as WAV again.");

    public static InputException Unsupported(string name, string what) => new(
        InputErrorCodes.Unsupported, $"'{name}' is a WAV file with {what}, which is not read.", "Convert it to WAV with 16-bit PCM.");
}

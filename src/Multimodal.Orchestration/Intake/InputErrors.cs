using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Orchestration.Intake;

internal static class InputErrors
{
    public static InputError TooLarge(string name, long length, InputLimits limits) => new(
        InputErrorCodes.TooLarge,
        $"'{name}' has {length:N0} bytes; the limit is {limits.MaximumBytes:N0}.",
        "Send a smaller file, or raise the limit of bytes.");

    public static InputError BadName(string name, string fault) => new(
        InputErrorCodes.BadName, $"'{name}' cannot be an input: {fault}.", "Rename the file.");

    public static InputError BadManifest(string reason) => new(
        InputErrorCodes.BadManifest, reason, $"Upload a mended {InputName.Manifest}; the job then runs with it.");

    public static InputError Failed(string name, string reason) => new(
        InputErrorCodes.Failed,
        $"'{name}' could not be processed, though it was tried again and again: {reason}",
        "It lies in the uploads still: once the cause is mended, run the job again or send the file again.");
}

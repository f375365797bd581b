using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Orchestration.Intake;

internal static class InputErrors
{
    public static InputError TooLarge(string name, long length, InputLimits limits) => new(
        InputErrorCodes.TooLarge,
        $"'{name}' has {length:N0} bytes; the limit is {limits.MaximumBytes:N0}.",
        "Send a smaller file, or raise the limit of bytes.");
}

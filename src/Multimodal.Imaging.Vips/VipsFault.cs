using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using NetVips;

namespace Multimodal.Imaging.Vips;

/// <summary>What libvips says of a file, as the refusal of an input.</summary>
internal static class VipsFault
{
    public static InputException Corrupt(InputContent content, string mediaType, VipsException e)
    {
        // The last line is the codec's; those before it only repeat which operation failed.
        var reason = e.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("");
        return new InputException(
            InputErrorCodes.Corrupt,
            $"'{content.Name}' begins as {mediaType} but is corrupt or truncated ({reason}).",
            "Save or export the image again and upload it whole.",
            e);
    }
}

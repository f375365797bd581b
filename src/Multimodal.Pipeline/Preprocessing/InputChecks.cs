using System.Globalization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>The checks that every preprocessor makes before it looks at the content.</summary>
internal static class InputChecks
{
    /// <exception cref="InputException">The file is empty or larger than the limit.</exception>
    public static void CheckSize(InputContent content, long maximumBytes)
    {
        if (content.Bytes.IsEmpty)
        {
            throw new InputException(InputErrorCodes.Empty, $"'{content.Name}' is empty: it has 0 bytes.", "Upload the file again, with its content.");
        }

        if (content.Bytes.Length > maximumBytes)
        {
            throw new InputException(
                InputErrorCodes.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"'{content.Name}' has {content.Bytes.Length} bytes; at most {maximumBytes} are read."),
                "Send a smaller file.");
        }
    }
}

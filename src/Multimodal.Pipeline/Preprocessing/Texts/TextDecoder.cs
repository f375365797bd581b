using System.Text;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>Reads a text file: UTF-8 with or without a byte order mark, UTF-16 in either order with one.</summary>
public static class TextDecoder
{
    /// <summary>Decodes a whole file, without its byte order mark.</summary>
    /// <returns>Well-formed UTF-16.</returns>
    /// <exception cref="InputException"><see cref="InputErrorCodes.Corrupt"/>: the bytes are not well-formed in their encoding.</exception>
    public static string Decode(InputContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var bytes = content.Bytes.Span;
        var encoding = TextEncodings.Find(bytes, out var start);
        try
        {
            return encoding.GetString(bytes[start..]);
        }
        catch (DecoderFallbackException e)
        {
            var name = encoding == TextEncodings.Utf8 ? "UTF-8" : "UTF-16";
            throw new InputException(
                InputErrorCodes.Corrupt,
                $"'{content.Name}' is not well-formed {name} at byte {start + e.Index}.",
                "Save the text in UTF-8.",
                e);
        }
    }
}

using System.Globalization;
using System.Text;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Texts.Encodings;

/// <summary>
/// Reads a text file: UTF-8, UTF-16 and UTF-32 by their byte order marks, UTF-8 and UTF-16 without one, and the legacy encodings that
/// its bytes can be told to be in. Bytes that are malformed in their encoding, halves of surrogate pairs among them, are refused.
/// </summary>
public static class TextDecoder
{
    /// <summary>Decodes a whole file, without its byte order mark.</summary>
    /// <returns>Well-formed UTF-16.</returns>
    /// <exception cref="InputException"><see cref="InputErrorCodes.Corrupt"/>: the bytes are not well-formed in their encoding.</exception>
    public static string Decode(InputContent content) => Read(content).Text;

    /// <summary>Decodes a whole file, and tells the encoding where it was assumed.</summary>
    internal static DecodedText Read(InputContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var bytes = content.Bytes.Span;
        var encoding = TextEncodings.Find(bytes);
        try
        {
            return new DecodedText(encoding.Encoding.GetString(bytes[encoding.Start..]), encoding.IsAssumed ? encoding.Name : null);
        }
        catch (Exception e) when (e is DecoderFallbackException or ArgumentException)
        {
            var place = e is DecoderFallbackException fault
                ? string.Create(CultureInfo.InvariantCulture, $" at byte {encoding.Start + fault.Index}")
                : "";
            throw new InputException(
                InputErrorCodes.Corrupt, $"'{content.Name}' is not well-formed {encoding.Name}{place}.", "Save the text in UTF-8.", e);
        }
    }
}

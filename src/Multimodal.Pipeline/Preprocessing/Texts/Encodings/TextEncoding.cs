using System.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Encodings;

/// <summary>How a text's bytes are read.</summary>
/// <param name="Encoding">Throws at malformed input.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Start">The number of bytes that a byte order mark takes.</param>
/// <param name="IsAssumed">Whether nothing but the look of the bytes speaks for it.</param>
internal sealed record TextEncoding(Encoding Encoding, string Name, int Start = 0, bool IsAssumed = false);

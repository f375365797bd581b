using Microsoft.Extensions.Compliance.Redaction;

namespace Multimodal.Privacy.Redaction;

/// <summary>
/// Gives each value a pseudonym, the same under the same key: the first 64 bits, as 16 hexadecimal digits, of what
/// <see cref="HmacRedactor"/> makes of it. Among a million values two share one with a chance of 1 to 37 million.
/// </summary>
internal sealed class PseudonymRedactor(HmacRedactor hmac) : Redactor
{
    private const int Bytes = 8;

    /// <inheritdoc/>
    public override int GetRedactedLength(ReadOnlySpan<char> input) => input.IsEmpty ? 0 : 2 * Bytes;

    /// <inheritdoc/>
    public override int Redact(ReadOnlySpan<char> source, Span<char> destination)
    {
        if (source.IsEmpty)
        {
            return 0;
        }

        // Base64 behind the number of the key, if it has one.
        Span<char> code = stackalloc char[hmac.GetRedactedLength(source)];
        code = code[..hmac.Redact(source, code)];
        code = code[(code.IndexOf(':') + 1)..];
        Span<byte> bytes = stackalloc byte[(code.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(code, bytes, out var length) || length < Bytes)
        {
            throw new InvalidOperationException("The HMAC redactor gives no Base64.");
        }

        Convert.TryToHexStringLower(bytes[..Bytes], destination, out var written);
        return written;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;

/// <summary>
/// SentencePiece's compiled rules (<c>precompiled_charsmap</c>): a double-array trie from UTF-8 to places in a list of replacements.
/// </summary>
/// <remarks>
/// Hugging Face's tokenizers apply them to whole grapheme clusters of less than six bytes, else to each code point, and of several rules
/// that match the shortest counts. SentencePiece itself goes from byte to byte, and the longest counts. The trie's units are laid out as
/// Darts-clone does.
/// </remarks>
internal sealed class PrecompiledNormalizer : ITextNormalizer
{
    private const int LongestCluster = 6;

    private readonly uint[] _units;
    private readonly byte[] _replacements;
    private readonly bool _takesLongest;

    /// <param name="rules">The compiled rules.</param>
    /// <param name="takesLongest">Whether they are applied as SentencePiece itself does.</param>
    /// <param name="place">Where they stand, for messages.</param>
    /// <exception cref="PipelineException">The rules are malformed.</exception>
    public PrecompiledNormalizer(ReadOnlySpan<byte> rules, bool takesLongest, string place)
    {
        if (rules.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(rules) is var size && (size % 4 != 0 || size == 0 || size > rules.Length - 4))
        {
            throw new PipelineException($"{place}: the precompiled rules are malformed.");
        }

        _units = new uint[size / 4];
        for (var i = 0; i < _units.Length; i++)
        {
            _units[i] = BinaryPrimitives.ReadUInt32LittleEndian(rules[(4 + (4 * i))..]);
        }

        _replacements = rules[(4 + (int)size)..].ToArray();
        _takesLongest = takesLongest;
    }

    public string Normalize(string text) => _takesLongest ? NormalizeBytes(Encoding.UTF8.GetBytes(text)) : NormalizeClusters(text);

    private string NormalizeBytes(ReadOnlySpan<byte> text)
    {
        var normal = new ArrayBufferWriter<byte>(text.Length);
        while (!text.IsEmpty)
        {
            var (place, length) = Find(text, takesLongest: true);
            if (Replacement(place, out var replacement))
            {
                normal.Write(replacement);
            }
            else
            {
                Rune.DecodeFromUtf8(text, out _, out length);
                normal.Write(text[..length]);
            }

            text = text[length..];
        }

        // Rules whose replacement is no UTF-8 come from a damaged file.
        return Encoding.UTF8.GetString(normal.WrittenSpan);
    }

    private string NormalizeClusters(string text)
    {
        var normal = new StringBuilder(text.Length);
        Span<byte> utf8 = stackalloc byte[16];
        Span<char> units = stackalloc char[2];
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            var cluster = text.AsSpan(at, length);
            at += length;
            if (length < LongestCluster && Encoding.UTF8.GetByteCount(cluster) < LongestCluster && TryReplace(cluster, utf8, normal))
            {
                continue;
            }

            foreach (var rune in cluster.EnumerateRunes())
            {
                if (!TryReplace(units[..rune.EncodeToUtf16(units)], utf8, normal))
                {
                    normal.Append(rune);
                }
            }
        }

        return normal.ToString();
    }

    private bool TryReplace(ReadOnlySpan<char> text, Span<byte> utf8, StringBuilder normal)
    {
        if (!Replacement(Find(utf8[..Encoding.UTF8.GetBytes(text, utf8)], takesLongest: false).Place, out var replacement))
        {
            return false;
        }

        normal.Append(Encoding.UTF8.GetString(replacement));
        return true;
    }

    // What stands at a place, up to the next zero.
    private bool Replacement(int place, out ReadOnlySpan<byte> replacement)
    {
        replacement = (uint)place < (uint)_replacements.Length ? _replacements.AsSpan(place) : [];
        var end = replacement.IndexOf((byte)0);
        replacement = end < 0 ? replacement : replacement[..end];
        return (uint)place < (uint)_replacements.Length;
    }

    // Place and length of a key that the bytes begin with; the place is -1 where there is none.
    private (int Place, int Length) Find(ReadOnlySpan<byte> key, bool takesLongest)
    {
        var found = (Place: -1, Length: 0);
        var at = Offset(_units[0]);
        for (var i = 0; i < key.Length; i++)
        {
            at ^= key[i];
            if (key[i] == 0 || at >= _units.Length || Label(_units[at]) != key[i])
            {
                break;
            }

            var unit = _units[at];
            at ^= Offset(unit);
            if (HasLeaf(unit) && at < _units.Length)
            {
                found = ((int)(_units[at] & 0x7FFF_FFFF), i + 1);
                if (!takesLongest)
                {
                    break;
                }
            }
        }

        return found;
    }

    private static bool HasLeaf(uint unit) => ((unit >> 8) & 1) == 1;

    private static uint Label(uint unit) => unit & 0x8000_00FF;

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}

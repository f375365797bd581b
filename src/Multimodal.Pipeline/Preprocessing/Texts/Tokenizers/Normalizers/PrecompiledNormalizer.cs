using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;

/// <summary>
/// SentencePiece's compiled rules (<c>precompiled_charsmap</c>): a double-array trie from UTF-8 to places in a list of replacements.
/// </summary>
/// <remarks>
/// As the reference applies them: to whole grapheme clusters of less than six bytes, else to each code point; of several rules that match
/// the shortest counts. The trie's units are laid out as Darts-clone does.
/// </remarks>
internal sealed class PrecompiledNormalizer : ITextNormalizer
{
    private const int LongestCluster = 6;

    private readonly uint[] _units;
    private readonly byte[] _replacements;

    /// <exception cref="PipelineException">The rules are malformed.</exception>
    public PrecompiledNormalizer(ReadOnlySpan<byte> rules, string place)
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
    }

    public string Normalize(string text)
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
        var place = Find(utf8[..Encoding.UTF8.GetBytes(text, utf8)]);
        if ((uint)place >= (uint)_replacements.Length)
        {
            return false;
        }

        var rest = _replacements.AsSpan(place);
        var end = rest.IndexOf((byte)0);
        normal.Append(Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]));
        return true;
    }

    // The value of the shortest key that the bytes begin with, or -1.
    private int Find(ReadOnlySpan<byte> key)
    {
        var at = Offset(_units[0]);
        foreach (var value in key)
        {
            at ^= value;
            if (value == 0 || at >= _units.Length || Label(_units[at]) != value)
            {
                return -1;
            }

            var unit = _units[at];
            at ^= Offset(unit);
            if (HasLeaf(unit))
            {
                return at < _units.Length ? (int)(_units[at] & 0x7FFF_FFFF) : -1;
            }
        }

        return -1;
    }

    private static bool HasLeaf(uint unit) => ((unit >> 8) & 1) == 1;

    private static uint Label(uint unit) => unit & 0x8000_00FF;

    private static uint Offset(uint unit) => (unit >> 10) << (int)((unit & 0x200) >> 6);
}

using System.Collections.Frozen;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>
/// The printable characters that byte-level vocabularies write bytes with: those of Latin-1 that are printable stand for themselves,
/// the others for U+0100 and on, in order.
/// </summary>
internal static class ByteCharacters
{
    private static readonly char[] Characters = Make();
    private static readonly FrozenDictionary<char, byte> Bytes =
        Characters.Select((character, value) => KeyValuePair.Create(character, (byte)value)).ToFrozenDictionary();

    public static char Of(byte value) => Characters[value];

    /// <summary>Which byte a character stands for; false where it stands for none.</summary>
    public static bool TryGetByte(char character, out byte value) => Bytes.TryGetValue(character, out value);

    private static char[] Make()
    {
        var characters = new char[256];
        var next = '\u0100';
        for (var value = 0; value < 256; value++)
        {
            characters[value] = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE ? (char)value : next++;
        }

        return characters;
    }
}

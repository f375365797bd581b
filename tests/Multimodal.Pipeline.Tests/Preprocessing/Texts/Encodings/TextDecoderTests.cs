using System.Text;
using CsCheck;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts.Encodings;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Encodings;

public sealed class TextDecoderTests
{
    [Fact]
    public void Decode_EveryEncoding_GivesTheTextWithoutItsMark() =>
        Gen.Char.Array[0, 30].Select(chars => string.Concat(new string(chars).EnumerateRunes())).Sample(text =>
        {
            if (text.StartsWith('\uFEFF'))
            {
                return;
            }

            Assert.Equal(text, Decode(Encoding.UTF8.GetBytes(text)));
            foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
            {
                Assert.Equal(text, Decode([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
            }
        });

    [Theory]
    [InlineData("61C3", "UTF-8")]
    [InlineData("61EDA080", "UTF-8")]
    [InlineData("FFFE00D8", "UTF-16")]
    [InlineData("FEFF0061DC00", "UTF-16")]
    [InlineData("FEFF006100", "UTF-16")]
    public void Decode_MalformedBytes_IsCorrupt(string bytes, string encoding)
    {
        var e = Assert.Throws<InputException>(() => Decode(Convert.FromHexString(bytes)));

        Assert.Equal(InputErrorCodes.Corrupt, e.Error.Code);
        Assert.Contains(encoding, e.Error.Message, StringComparison.Ordinal);
        Assert.Contains("a.txt", e.Error.Message, StringComparison.Ordinal);
    }

    private static string Decode(byte[] bytes) => TextDecoder.Decode(new InputContent("a.txt", bytes));
}

using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts.Encodings;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Encodings;

public sealed class LegacyEncodingsTests
{
    [Theory]
    [InlineData("windows-1252", "Der alte Leuchtturm steht am Rand der Stadt, grün und müde.")]
    [InlineData("windows-1252", "Le café était déjà fermé quand l’orage est arrivé.")]
    [InlineData("windows-1252", "“She crossed the harbour wall” – it’s all they said…")]
    [InlineData("windows-1252", "Größe 42, bitte!")]
    [InlineData("windows-1252", "café")]
    [InlineData("iso-8859-2", "Příliš žluťoučký kůň úpěl ďábelské ódy. Zítra ráno půjdeme k řece.")]
    [InlineData("windows-1251", "Старый рыбак чинит сети у самого моря.")]
    [InlineData("windows-1251", "Привет, мир")]
    [InlineData("koi8-r", "Старый рыбак чинит сети у самого моря.")]
    [InlineData("windows-1253", "Ο μικρός φάρος φωτίζει τη θάλασσα όλη τη νύχτα.")]
    [InlineData("shift_jis", "古い灯台は港の端に立っています。明日は雨でしょう。")]
    [InlineData("euc-jp", "古い灯台は港の端に立っています。明日は雨でしょう。")]
    [InlineData("gb18030", "老渔夫在海边修补他的网。明天会下雨吗？")]
    [InlineData("big5", "老漁夫在海邊修補他的網。明天會下雨嗎？")]
    [InlineData("euc-kr", "작은 기차가 다리를 건넌다. 내일은 비가 올까요?")]
    public void Read_LegacyEncoding_GivesTheTextAndSaysWhatWasAssumed(string encoding, string text)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(text);

        Assert.Equal(Modality.Text, ContentDetector.Detect(new InputContent("a.txt", bytes)).Modality);
        var decoded = TextDecoder.Read(new InputContent("a.txt", bytes));
        Assert.Equal(text, decoded.Text);
        Assert.NotNull(decoded.Assumed);
    }

    [Fact]
    public void Read_LegacyByteAfterALongBeginningInAscii_IsFound()
    {
        var text = string.Concat(Enumerable.Repeat("The old lighthouse stands at the edge of the town. ", 4000)) + "Grün und müde. Größer als früher, schöner auch.";

        var decoded = TextDecoder.Read(new InputContent("a.txt", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text)));

        Assert.Equal(text, decoded.Text);
        Assert.Equal("windows-1252", decoded.Assumed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_Utf16WithoutMark_GivesTheText(bool bigEndian)
    {
        string[] texts = ["Hello, world.", "Старый рыбак чинит сети у самого моря.", "古い灯台は港の端に立っています。明日は雨でしょう。\n"];
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: false);

        Assert.All(texts.Take(bigEndian ? 2 : 3), text =>
        {
            var bytes = encoding.GetBytes(text);
            Assert.Equal(Modality.Text, ContentDetector.Detect(new InputContent("a.txt", bytes)).Modality);
            Assert.Equal(text, TextDecoder.Read(new InputContent("a.txt", bytes)).Text);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_Utf32WithMark_GivesTheText(bool bigEndian)
    {
        var encoding = new UTF32Encoding(bigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("seven 🎲")];

        Assert.Equal(Modality.Text, ContentDetector.Detect(new InputContent("a.txt", bytes)).Modality);
        Assert.Equal(new DecodedText("seven 🎲", null), TextDecoder.Read(new InputContent("a.txt", bytes)));
    }

    /// <summary>Random bytes without the control characters that would give them away, of lengths where chance has a say.</summary>
    [Fact]
    public void Detect_RandomBytesWithoutControls_AreSeldomTakenForText()
    {
        var random = new Random(3);
        byte[] printable = [.. Enumerable.Range(0x20, 0xE0).Where(value => value != 0x7F).Select(value => (byte)value)];
        var taken = 0;
        for (var i = 0; i < 1500; i++)
        {
            taken += IsText(random.GetItems(printable, random.Next(12, 200))) ? 1 : 0;
        }

        Assert.True(taken <= 2, $"{taken} of 1500 were taken for text");
    }

    [Fact]
    public void Detect_RandomBytes_AreNeverText()
    {
        var random = new Random(4);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(64, 400) * 2];
            random.NextBytes(bytes);
            Assert.False(IsText(bytes));
        }
    }

    [Theory]
    [InlineData("stereo PCM of 16 bits")]
    [InlineData("floats")]
    [InlineData("a gradient")]
    public void Detect_RawSamples_AreNoText(string kind)
    {
        var bytes = new byte[4096];
        for (var i = 0; i < 1024; i++)
        {
            var value = Math.Sin(i / 9.0);
            switch (kind)
            {
                case "floats":
                    BitConverter.TryWriteBytes(bytes.AsSpan(4 * i), (float)value);
                    break;
                case "a gradient":
                    bytes.AsSpan(4 * i, 4).Fill((byte)(i / 4));
                    break;
                default:
                    BitConverter.TryWriteBytes(bytes.AsSpan(4 * i), (short)(value * 9000));
                    BitConverter.TryWriteBytes(bytes.AsSpan((4 * i) + 2), (short)(value * 8000));
                    break;
            }
        }

        Assert.False(IsText(bytes));
    }

    private static bool IsText(byte[] bytes)
    {
        try
        {
            return ContentDetector.Detect(new InputContent("a.bin", bytes)).Modality == Modality.Text;
        }
        catch (InputException)
        {
            return false;
        }
    }
}

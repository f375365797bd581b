using System.Text;
using CsCheck;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Testing;

namespace Multimodal.Pipeline.Tests.Preprocessing;

public sealed class ContentDetectorTests
{
    [Theory]
    [InlineData("FFD8FFE000104A46", MediaTypes.Jpeg)]
    [InlineData("89504E470D0A1A0A0000000D", MediaTypes.Png)]
    [InlineData("524946461000000057454250565038200000", MediaTypes.WebP)]
    [InlineData("4749463839610A000A00800000", MediaTypes.Gif)]
    [InlineData("49492A0008000000", MediaTypes.Tiff)]
    [InlineData("4D4D002A00000008", MediaTypes.Tiff)]
    [InlineData("49492B0008000000", MediaTypes.Tiff)]
    [InlineData("424D46000000000000003600000028000000", MediaTypes.Bmp)]
    [InlineData("0000001C667479706176696600000000617669666D696631", MediaTypes.Avif)]
    [InlineData("0000001C667479706D696631000000006D69663161766966", MediaTypes.Avif)]
    public void Detect_ImageSignature_GivesItsMediaType(string bytes, string mediaType) =>
        Assert.Equal(new DetectedContent(Modality.Image, mediaType), Detect(Convert.FromHexString(bytes)));

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Detect_Wav_GivesAudio(bool bigEndian, bool isLong)
    {
        var file = new WavFile { Samples = [0, 0.5], BigEndian = bigEndian, Long = isLong };

        Assert.Equal(new DetectedContent(Modality.Audio, MediaTypes.Wav), Detect(file.ToBytes()));
    }

    [Theory]
    [InlineData("664C614300000022", MediaTypes.Flac)]
    [InlineData("FFFB90640000", MediaTypes.Mp3)]
    [InlineData("49443304000000", MediaTypes.Mp3)]
    [InlineData("49443304000000000000FFFB9064", MediaTypes.Mp3)]
    [InlineData("494433040000000000024142664C614300000022", MediaTypes.Flac)]
    [InlineData("494433040000000000024142FFF14C80", MediaTypes.Aac)]
    [InlineData("FFF14C80", MediaTypes.Aac)]
    [InlineData("4F67675300020000000000000000010203040000000000000000010D4F707573486561640101000000", MediaTypes.Ogg)]
    [InlineData("4F67675300020000000000000000010203040000000000000000010701766F72626973", MediaTypes.Ogg)]
    [InlineData("00000020667479704D34412000000000", MediaTypes.Mp4)]
    [InlineData("1A45DFA3874282847765626D18538067FF1654AE6B85AE83838102", MediaTypes.WebM)]
    [InlineData("1A45DFA38B4282886D6174726F736B6118538067FF1654AE6B85AE83838102", MediaTypes.Matroska)]
    public void Detect_Recording_GivesItsMediaType(string bytes, string mediaType) =>
        Assert.Equal(new DetectedContent(Modality.Audio, mediaType), Detect(Convert.FromHexString(bytes)));

    [Theory]
    [InlineData("isom", "soun", true)]
    [InlineData("isom", "vide", false)]
    [InlineData("isom", "soun vide", false)]
    [InlineData("isom", "", false)]
    [InlineData("M4A ", "soun", true)]
    [InlineData("M4A ", "vide", false)]
    [InlineData("M4B ", "soun vide", true)]
    public void Detect_Mp4_IsReadForItsSoundAndRefusedForItsPictures(string brand, string handlers, bool isRead)
    {
        var tracks = handlers.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(handler => Box(
            "trak", [.. Box("tkhd", new byte[4]), .. Box("mdia", [.. Box("mdhd", new byte[4]), .. Box("hdlr", [.. new byte[8], .. Encoding.ASCII.GetBytes(handler), .. new byte[9]])])]));
        byte[] file = [.. Box("ftyp", [.. Encoding.ASCII.GetBytes(brand), .. new byte[4]]), .. Box("mdat", new byte[7]), .. Box("moov", [.. tracks])];

        if (isRead)
        {
            Assert.Equal(new DetectedContent(Modality.Audio, MediaTypes.Mp4), Detect(file));
        }
        else
        {
            Assert.Contains("MP4", Refuse(file).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("seven")]
    [InlineData("семь, sept, 七, 🎲\r\n\tend")]
    [InlineData("GIF89a is an image format, and RIFF a container.")]
    [InlineData("BMW builds cars in Munich, in Leipzig and elsewhere.")]
    [InlineData("ID3 tags, OggS pages and MZ headers")]
    [InlineData("{\"digit\": 7}")]
    [InlineData(" ")]
    public void Detect_Text_GivesText(string text)
    {
        Encoding[] encodings = [new UTF8Encoding(false), Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];

        foreach (var encoding in encodings)
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes(text)];
            Assert.Equal(new DetectedContent(Modality.Text, MediaTypes.Text), Detect(bytes));
        }
    }

    [Theory]
    [InlineData("255044462D312E37", "PDF")]
    [InlineData("504B0304140000", "ZIP")]
    [InlineData("4F67675300020000", "Ogg")]
    [InlineData("1A45DFA39F4286810142F7", "WebM")]
    [InlineData("464F524D000000004149464600", "AIFF")]
    [InlineData("0000001C6674797069736F6D0000020069736F6D000000106D6F6F7600000008747261", "MP4")]
    [InlineData("000000186674797068656963000000006D69663168656963", "HEIC")]
    [InlineData("0000001C6674797069736F6D0000020069736F6D", "MP4")]
    [InlineData("FF0AFA00", "JPEG XL")]
    [InlineData("1F8B0800", "gzip")]
    [InlineData("7F454C46020101", "program")]
    public void Detect_KnownKindThatIsNotRead_NamesKindInputAndRemedy(string bytes, string kind)
    {
        var error = Refuse(Convert.FromHexString(bytes));

        Assert.Equal(InputErrorCodes.Unsupported, error.Code);
        Assert.Contains(kind, error.Message, StringComparison.Ordinal);
        Assert.Contains("'upload.bin'", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>")]
    [InlineData("\uFEFF<?xml version='1.0'?>\n<!-- drawn by hand -->\n<svg/>")]
    public void Detect_Svg_IsRefusedByName(string svg) =>
        Assert.Contains("SVG", Refuse(Encoding.UTF8.GetBytes(svg)).Message, StringComparison.Ordinal);

    [Fact]
    public void Detect_RecordingThatIsNotRead_SaysWhatToConvertItTo() =>
        Assert.Contains("Convert it to WAV", Refuse(Convert.FromHexString("464F524D000000004149464600")).Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData("C3")]
    [InlineData("61FF62")]
    [InlineData("610062")]
    [InlineData("FFFE00D861")]
    [InlineData("FFFE00D86100")]
    [InlineData("FFFE6100000062")]
    [InlineData("FFFE00000061")]
    [InlineData("1B5B33316D61")]
    public void Detect_NeitherKnownNorText_IsUnsupported(string bytes) =>
        Assert.Equal(InputErrorCodes.Unsupported, Refuse(Convert.FromHexString(bytes)).Code);

    [Fact]
    public void Detect_NoBytes_IsEmpty() => Assert.Equal(InputErrorCodes.Empty, Refuse([]).Code);

    [Fact]
    public void Detect_AnyBytes_DetectsOrRefusesWithATypedError() =>
        Gen.Byte.Array[0, 64].Sample(bytes =>
        {
            try
            {
                _ = Detect(bytes);
            }
            catch (InputException e)
            {
                Assert.Contains(e.Error.Code, new[] { InputErrorCodes.Empty, InputErrorCodes.Unsupported });
            }
        });

    private static byte[] Box(string type, byte[] body) => [.. BitConverter.GetBytes(8 + body.Length).Reverse(), .. Encoding.ASCII.GetBytes(type), .. body];

    private static DetectedContent Detect(byte[] bytes) => ContentDetector.Detect(new InputContent("upload.bin", bytes));

    private static InputError Refuse(byte[] bytes) => Assert.Throws<InputException>(() => Detect(bytes)).Error;
}

using CsCheck;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using NetVips;

namespace Multimodal.Imaging.Vips.Tests;

public sealed class VipsImageDecoderTests
{
    private static readonly VipsImageDecoder Decoder = new();

    public static TheoryData<string> Names => [.. ImageCase.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_SmallFile_EqualsPillow(string name)
    {
        var c = ImageCase.All.Single(c => c.Name == name);

        var header = Decoder.ReadHeader(c.Content);
        var pixels = Decoder.Decode(c.Content);

        Assert.Equal(new ImageHeader(c.Width, c.Height, 1, 1), header);
        Assert.Equal((c.Width, c.Height, c.Channels), (pixels.Width, pixels.Height, pixels.Channels));
        Assert.InRange(pixels.Pixels.Zip(c.Pixels, (a, b) => Math.Abs(a - b)).Max(), 0, c.Tolerance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Decode_TruncatedFile_IsCorrupt(string name)
    {
        var content = ImageCase.All.Single(c => c.Name == name).Content;
        foreach (var share in new[] { 0.5, 0.8 })
        {
            var truncated = content with { Bytes = content.Bytes[..Math.Max(24, (int)(content.Bytes.Length * share))] };

            var e = Assert.Throws<InputException>(() => Decoder.Decode(truncated));

            Assert.Equal(InputErrorCodes.Corrupt, e.Error.Code);
            Assert.Contains(name, e.Error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Decode_MutatedFile_GivesPixelsOrATypedError() =>
        Gen.Select(Gen.Int[0, ImageCase.All.Count - 1], Gen.Select(Gen.Int[0, 1 << 20], Gen.Byte).Array[1, 6], Gen.Int[0, 60]).Sample(
            (index, mutations, cut) =>
            {
                var content = ImageCase.All[index].Content;
                var bytes = content.Bytes.ToArray();
                foreach (var (at, value) in mutations)
                {
                    bytes[at % bytes.Length] = value;
                }

                var mutated = content with { Bytes = bytes.AsMemory(0, Math.Max(1, bytes.Length - cut)) };
                try
                {
                    // As the preprocessors do: a header may announce anything.
                    var header = Decoder.ReadHeader(mutated);
                    if ((long)header.Width * header.Height < 1_000_000)
                    {
                        Assert.Equal(header.Width, Decoder.Decode(mutated).Width);
                    }
                }
                catch (InputException e)
                {
                    Assert.NotEmpty(e.Error.Remedy);
                }
            },
            iter: 2000);

    [Fact]
    public void Decode_InParallel_GivesTheSamePixels() =>
        Parallel.For(0, 200, i =>
        {
            var c = ImageCase.All[i % ImageCase.All.Count];
            Assert.Equal(Decoder.Decode(c.Content).Pixels, Decoder.Decode(c.Content).Pixels);
        });

    [Fact]
    public void Decode_SliceOfALargerArray_ReadsTheSliceAlone()
    {
        var c = ImageCase.All[0];
        byte[] padded = [1, 2, 3, .. c.Content.Bytes.Span, 4, 5];

        var pixels = Decoder.Decode(new InputContent("a.png", padded.AsMemory(3, padded.Length - 5)));

        Assert.Equal(c.Pixels, pixels.Pixels);
    }

    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")]
    [InlineData("a text")]
    public void ReadHeader_NotAnImageThatIsRead_IsUnsupported(string text)
    {
        var content = new InputContent("a", System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equal(InputErrorCodes.Unsupported, Assert.Throws<InputException>(() => Decoder.ReadHeader(content)).Error.Code);
    }

    [Fact]
    public void Require_Loaders_OnlyThoseOfDetectedFormatsRun()
    {
        VipsRuntime.Require();

        Assert.Throws<VipsException>(() => Image.SvgloadBuffer("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray()));
        using var png = Image.PngloadBuffer(ImageCase.All[0].Content.Bytes.ToArray());
        Assert.Equal(13, png.Width);
    }

    [Theory]
    [InlineData(30, 1, InputErrorCodes.Unsupported)]
    [InlineData(28, 7, InputErrorCodes.Corrupt)]
    [InlineData(18, 0, InputErrorCodes.Corrupt)]
    public void Decode_BitmapHeaderThatIsNotRead_IsRefused(int offset, byte value, string code)
    {
        var content = ImageCase.All.Single(c => c.Name == "rgb.bmp").Content;
        var bytes = content.Bytes.ToArray();
        bytes[offset] = value;

        Assert.Equal(code, Assert.Throws<InputException>(() => Decoder.Decode(content with { Bytes = bytes })).Error.Code);
    }

    [Fact]
    public void Decode_BitmapTopDown_TurnsTheRows()
    {
        var c = ImageCase.All.Single(c => c.Name == "rgb.bmp");
        var bytes = c.Content.Bytes.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(22), -c.Height);

        var pixels = Decoder.Decode(c.Content with { Bytes = bytes });

        var row = c.Width * 3;
        Assert.Equal(c.Pixels[..row], pixels.Pixels[^row..]);
        Assert.Equal(c.Pixels[^row..], pixels.Pixels[..row]);
    }
}

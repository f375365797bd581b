using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing;

namespace Multimodal.Imaging.Vips.Tests;

/// <summary>Real and odd files of the data folder; skipped where it is absent.</summary>
public sealed partial class PhotographTests
{
    private static readonly VipsImageDecoder Decoder = new();

    [Fact]
    public void Preprocess_EveryFileOfTheDataFolder_IsReadOrRefusedAsExpected()
    {
        var refused = new Dictionary<string, string>
        {
            ["16-bit-grey-alpha.png"] = InputErrorCodes.NoContent,
            ["65536-uint32-limit.png"] = InputErrorCodes.TooLarge,
            ["circle.svg"] = InputErrorCodes.Unsupported,
            ["corrupt-header.jpg"] = InputErrorCodes.Corrupt,
            ["truncated.jpg"] = InputErrorCodes.Corrupt,
            ["truncated.png"] = InputErrorCodes.Corrupt,
        };
        var preprocessor = new GlyphPreprocessor(new GlyphSettings(), Decoder, new InputLimits());
        var files = Directory.GetFiles(TestPaths.Data("images"));
        Assert.True(files.Length > 20);

        foreach (var file in files)
        {
            var content = new InputContent(Path.GetFileName(file), File.ReadAllBytes(file));
            try
            {
                var features = preprocessor.Preprocess(content, ContentDetector.Detect(content).MediaType);
                Assert.Equal([1, 28, 28], features.Tensors[GlyphPreprocessor.PixelValues].Shape);
                Assert.False(refused.ContainsKey(content.Name), content.Name);
            }
            catch (InputException e)
            {
                Assert.Equal(refused.GetValueOrDefault(content.Name, "read: " + content.Name), e.Error.Code);
                Assert.Contains(content.Name, e.Error.Message, StringComparison.Ordinal);
            }
        }
    }

    // One scene stored in each orientation; what is left are the traces of separate JPEG compressions.
    [Theory]
    [InlineData("Landscape_3.jpg", "Landscape_5.jpg", "Landscape_6.jpg", "Landscape_8.jpg")]
    [InlineData("Portrait_2.jpg", "Portrait_4.jpg", "Portrait_7.jpg")]
    public void Apply_OneSceneInSeveralOrientations_LooksAlike(string first, params string[] others)
    {
        var expected = Thumbnail(first);
        foreach (var other in others)
        {
            var actual = Thumbnail(other);

            Assert.Equal((expected.Width, expected.Height), (actual.Width, actual.Height));
            Assert.InRange(expected.Pixels.Zip(actual.Pixels, (a, b) => Math.Abs(a - b)).Average(), 0, 2);
        }

        static PixelBuffer Thumbnail(string name)
        {
            var upright = Upright(name);
            return PillowResampler.Resize(upright, upright.Width / 15, upright.Height / 15, ResamplingFilter.Bilinear);
        }
    }

    // What CLIP sees, computed by Pillow: decoding, orientation, bicubic resizing and cropping agree in every byte. The two files with
    // a colour profile of their own are left out: Pillow ignores profiles, the decoder converts them to sRGB.
    [Theory]
    [InlineData("2569067123_aca715a2ee_o.jpg")]
    [InlineData("4.webp")]
    [InlineData("8bit_depth.tiff")]
    [InlineData("Landscape_1.jpg")]
    [InlineData("alpha-premultiply-1024x768-paper.png")]
    [InlineData("flowers.jpeg")]
    [InlineData("gamma_dalai_lama_gray.jpg")]
    [InlineData("swiss.png")]
    public void Resize_PhotographAsClipSeesIt_EqualsPillow(string name)
    {
        const int Side = 224;
        var expected = ReadNpy(TestPaths.Data("golden", "clip-image", name + ".npy"));

        var picture = ToRgb(Upright(name));
        var shorter = Math.Min(picture.Width, picture.Height);
        var resized = PillowResampler.Resize(
            picture, Side * picture.Width / shorter, Side * picture.Height / shorter, ResamplingFilter.Bicubic);
        var left = (int)Math.Round((resized.Width - Side) / 2.0, MidpointRounding.ToEven);
        var top = (int)Math.Round((resized.Height - Side) / 2.0, MidpointRounding.ToEven);

        for (var y = 0; y < Side; y++)
        {
            var row = resized.Pixels.AsSpan((((top + y) * resized.Width) + left) * 3, Side * 3);
            Assert.True(row.SequenceEqual(expected.AsSpan(y * Side * 3, Side * 3)), string.Create(CultureInfo.InvariantCulture, $"row {y}"));
        }
    }

    // Computed by Little CMS through Pillow's ImageCms, relative colorimetric; without the conversion the means are 12 levels off.
    [Fact]
    public void Decode_EmbeddedProfile_IsConvertedToSrgb()
    {
        double[] expected = [97.234, 94.959, 82.865];

        var picture = Upright("Landscape_3.jpg");

        for (var c = 0; c < 3; c++)
        {
            Assert.Equal(expected[c], picture.Pixels.Where((_, i) => i % 3 == c).Average(p => (double)p), 0.05);
        }
    }

    [Theory]
    [InlineData("rotating-squares.gif", 30)]
    [InlineData("animated-loop-3.webp", 10)]
    public void ReadHeader_Animation_CountsFramesOfOneSize(string name, int frames)
    {
        var content = new InputContent(name, File.ReadAllBytes(TestPaths.Data("images", name)));

        var header = Decoder.ReadHeader(content);
        var pixels = Decoder.Decode(content);

        Assert.Equal(frames, header.Frames);
        Assert.Equal((header.Width, header.Height), (pixels.Width, pixels.Height));
    }

    private static PixelBuffer Upright(string name)
    {
        var content = new InputContent(name, File.ReadAllBytes(TestPaths.Data("images", name)));
        return ExifOrientation.Apply(Decoder.Decode(content), Decoder.ReadHeader(content).Orientation);
    }

    private static PixelBuffer ToRgb(PixelBuffer picture)
    {
        if (picture.Channels == 3)
        {
            return picture;
        }

        var pixels = new byte[picture.Width * picture.Height * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            pixels[i] = picture.Pixels[picture.Channels == 1 ? i / 3 : (i / 3 * 4) + (i % 3)];
        }

        return new PixelBuffer(picture.Width, picture.Height, 3, pixels);
    }

    // NumPy's format 1.0: magic, version, a 16-bit length, a dictionary as text, then the elements.
    private static byte[] ReadNpy(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var length = MemoryMarshal.Read<ushort>(bytes.AsSpan(8));
        var header = System.Text.Encoding.ASCII.GetString(bytes, 10, length);
        Assert.Matches(Uint8CRows(), header);
        return bytes[(10 + length)..];
    }

    [GeneratedRegex(@"'descr': '\|u1', 'fortran_order': False, 'shape': \(224, 224, 3\)")]
    private static partial Regex Uint8CRows();
}

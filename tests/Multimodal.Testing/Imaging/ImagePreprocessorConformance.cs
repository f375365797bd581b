using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing.Fuzzing;

namespace Multimodal.Testing.Imaging;

/// <summary>What encoders see of files with every <see cref="IImageDecoder"/>; what needs the data folder is skipped where it is absent.</summary>
public abstract class ImagePreprocessorConformance
{
    private const string ClipConfig =
        """
        {
          "crop_size": 224, "do_center_crop": true, "do_normalize": true, "do_resize": true, "feature_extractor_type": "CLIPFeatureExtractor",
          "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711], "resample": 3, "size": 224
        }
        """;

    /// <summary>The decoder under test.</summary>
    protected abstract IImageDecoder Decoder { get; }

    /// <summary>What it can do beyond the common ground.</summary>
    protected abstract ImageDecoderAbilities Abilities { get; }

    // What CLIP sees, computed by Pillow: decoding, orientation, bicubic resizing and cropping.
    [Theory]
    [InlineData("2569067123_aca715a2ee_o.jpg")]
    [InlineData("4.webp")]
    [InlineData("8bit_depth.tiff")]
    [InlineData("Landscape_1.jpg")]
    [InlineData("Landscape_6.jpg")]
    [InlineData("Portrait_2.jpg")]
    [InlineData("alpha-premultiply-1024x768-paper.png")]
    [InlineData("flowers.jpeg")]
    [InlineData("gamma_dalai_lama_gray.jpg")]
    [InlineData("swiss.png")]
    public void PreprocessPixels_PhotographAsClipSeesIt_EqualsPillow(string name)
    {
        // NumPy's format 1.0: magic, version, a 16-bit length, a dictionary as text, then the elements.
        var npy = File.ReadAllBytes(TestPaths.Data("golden", "clip-image", name + ".npy"));
        var length = MemoryMarshal.Read<ushort>(npy.AsSpan(8));
        Assert.Contains("'descr': '|u1', 'fortran_order': False, 'shape': (224, 224, 3)", Encoding.ASCII.GetString(npy, 10, length), StringComparison.Ordinal);

        var pixels = Clip(fastJpeg: false).PreprocessPixels(Read(name));

        Assert.Equal((224, 224, 3), (pixels.Width, pixels.Height, pixels.Channels));
        var difference = pixels.Pixels.Zip(npy[(10 + length)..], (a, b) => Math.Abs(a - b)).Average();

        // Lossless files equal; JPEG as well where the decoder has libjpeg's levels.
        var exact = Abilities.HasFlag(ImageDecoderAbilities.LibjpegLevels) || !Path.GetExtension(name).StartsWith(".jp", StringComparison.Ordinal);
        Assert.InRange(difference, 0, exact ? 0 : 1);
    }

    public static TheoryData<string, string> Transformers => new(TransformersCase.All.Select(c => (c.Config, c.Picture)));

    // PNG is lossless, so every decoder must give the very levels.
    [Theory]
    [MemberData(nameof(Transformers))]
    public void PreprocessPixels_ConfigurationOfTheHub_EqualsTransformers(string config, string picture)
    {
        var expected = TransformersCase.All.Single(c => (c.Config, c.Picture) == (config, picture));
        var preprocessor = new ImagePreprocessor(
            new ImageSettings { Config = config }, ImageProcessorConfig.Load(TransformersCase.ConfigPath(config)), Decoder, new InputLimits());

        var pixels = preprocessor.PreprocessPixels(expected.Content);

        Assert.Equal((expected.Width, expected.Height, 3), (pixels.Width, pixels.Height, pixels.Channels));
        Assert.Equal(expected.Sha256, Convert.ToHexStringLower(SHA256.HashData(pixels.Pixels)));
    }

    [Theory]
    [InlineData("2569067123_aca715a2ee_o.jpg")]
    [InlineData("flowers.jpeg")]
    [InlineData("4.webp")]
    public void Preprocess_FastPath_PointsTheSameWay(string name)
    {
        var content = Read(name);

        Assert.InRange(Cosine(Tensor(Clip(fastJpeg: false), content), Tensor(Clip(fastJpeg: true), content)), 0.999, 1.000001);
    }

    [Fact]
    public void PreprocessPixels_EmbeddedProfile_IsConvertedOnDemand()
    {
        Assert.SkipUnless(Abilities.HasFlag(ImageDecoderAbilities.ColourConversion), "This decoder converts no colours; it refuses such files.");
        var content = Read("Landscape_3.jpg");
        var converting = new ImagePreprocessor(
            new ImageSettings { Config = "", FastJpeg = false, ConvertProfiles = true }, Config(ClipConfig), Decoder, new InputLimits());

        var stored = Clip(fastJpeg: false).PreprocessPixels(content).Pixels;
        var converted = converting.PreprocessPixels(content).Pixels;

        Assert.InRange(stored.Zip(converted, (a, b) => Math.Abs(a - b)).Average(), 5, 30);
    }

    // What is left beside the tensor must not depend on the picture's size.
    [Theory]
    [InlineData("2569067123_aca715a2ee_o.jpg")]
    [InlineData("Landscape_6.jpg")]
    [InlineData("4.webp")]
    [InlineData("alpha-premultiply-1024x768-paper.png")]
    [InlineData("pitm.avif")]
    public void Preprocess_InSteadyState_AllocatesLittleBesideTheTensor(string name)
    {
        Assert.SkipUnless(Abilities.HasFlag(ImageDecoderAbilities.NativeMemory), "This decoder's own memory is managed.");
        const int TensorBytes = 3 * 224 * 224 * sizeof(float), Runs = 10, Most = 64 << 10;
        var content = Read(name);
        foreach (var fastJpeg in new[] { true, false })
        {
            var preprocessor = Clip(fastJpeg);
            for (var i = 0; i < 3; i++)
            {
                _ = Tensor(preprocessor, content);
            }

            var mediaType = ContentDetector.Detect(content).MediaType;
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < Runs; i++)
            {
                _ = preprocessor.Preprocess(content, mediaType);
            }

            Assert.InRange(((GC.GetAllocatedBytesForCurrentThread() - before) / Runs) - TensorBytes, 0, Most);
        }
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "giant.png", InputErrorCodes.TooLarge },
        { "giant.jpg", InputErrorCodes.TooLarge },
        { "giant.tiff", InputErrorCodes.TooLarge },
        { "giant.bmp", InputErrorCodes.TooLarge },
        { "giant.gif", InputErrorCodes.TooLarge },
        { "large.png", InputErrorCodes.TooLarge },
        { "large.jpg", InputErrorCodes.TooLarge },
        { "frames.gif", InputErrorCodes.TooLarge },
        { "frames.webp", InputErrorCodes.TooLarge },
        { "unfolds-short.png", InputErrorCodes.Corrupt },
        { "lies.bmp", InputErrorCodes.Corrupt },
        { "empty.png", InputErrorCodes.Empty },
        { "text.png", InputErrorCodes.Unsupported },
        { "heic.png", InputErrorCodes.Unsupported },
        { "svg.png", InputErrorCodes.Unsupported },
        { "signature.png", InputErrorCodes.Corrupt },
        { "signature.jpg", InputErrorCodes.Corrupt },
        { "signature.webp", InputErrorCodes.Corrupt },
        { "signature.tiff", InputErrorCodes.Corrupt },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Preprocess_HostileFile_IsRefusedInTime(string name, string code)
    {
        Assert.SkipUnless(
            Abilities.HasFlag(ImageDecoderAbilities.MissingPixels) || name != "unfolds-short.png",
            "This decoder fills missing pixels.");
        var content = new InputContent(name, name switch
        {
            "giant.png" => HostileImages.Png(60_000, 60_000, 1),
            "giant.jpg" => HostileImages.Jpeg(60_000, 60_000),
            "giant.tiff" => HostileImages.Tiff(60_000, 60_000, 1),
            "giant.bmp" => HostileImages.Bmp(60_000, 60_000),
            "giant.gif" => HostileImages.Gif(60_000, 60_000, 1),
            "large.png" => HostileImages.Png(30_000, 30_000, 1),
            "large.jpg" => HostileImages.Jpeg(30_000, 30_000),
            "frames.gif" => HostileImages.Gif(1, 1, 100_000),
            "frames.webp" => HostileImages.WebP(1, 1, 100_000),
            "unfolds-short.png" => HostileImages.Png(5000, 5000, 10),
            "lies.bmp" => HostileImages.Bmp(9000, 9000),
            "empty.png" => [],
            "text.png" => [.. "a text"u8],
            "heic.png" => [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0, .. "mif1heic"u8],
            "svg.png" => [.. "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8],
            "signature.png" => [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A],
            "signature.jpg" => [0xFF, 0xD8, 0xFF],
            "signature.webp" => [.. "RIFF"u8, 4, 0, 0, 0, .. "WEBPVP8 "u8],
            _ => [(byte)'I', (byte)'I', 42, 0],
        });
        var preprocessor = Clip(fastJpeg: true);
        var begun = Stopwatch.GetTimestamp();

        var e = Assert.Throws<InputException>(() => Tensor(preprocessor, content));

        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, PreprocessorFuzzer.Limit);
        Assert.Equal(code, e.Error.Code);
        Assert.Contains(name, e.Error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(e.Error.Remedy);
    }

    // Some kilobytes that unfold to 75 MB: rows come and go, so memory stays what a strip needs.
    [Fact]
    public void Preprocess_BombWithinTheLimits_IsReadInTime()
    {
        var content = new InputContent("zeros.png", HostileImages.Png(5000, 5000, 5000));
        var begun = Stopwatch.GetTimestamp();

        var tensor = Tensor(Clip(fastJpeg: true), content);

        Assert.Equal(3 * 224 * 224, tensor.Length);
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, 2 * PreprocessorFuzzer.Limit);
    }

    // What the libraries, and Pillow as well, may read or refuse: a ring of directories, a canvas far beyond its frame, missing pixels.
    [Theory]
    [InlineData("ring.tiff")]
    [InlineData("canvas.webp")]
    [InlineData("sparse.jpg")]
    public void Preprocess_OddFile_EndsInTime(string name)
    {
        var bytes = name switch
        {
            "ring.tiff" => HostileImages.Tiff(10, 10, 3, isRing: true),
            "canvas.webp" => HostileImages.WebP(60_000, 60_000, 1),
            _ => HostileImages.Jpeg(3000, 3000),
        };
        var preprocessor = Clip(fastJpeg: true);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            _ = Tensor(preprocessor, new InputContent(name, bytes));
        }
        catch (InputException e)
        {
            Assert.NotEmpty(e.Error.Remedy);
        }

        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, PreprocessorFuzzer.Limit);
    }

    [Fact]
    public void Preprocess_FewFramesAllowed_RefusesMore()
    {
        var preprocessor = new ImagePreprocessor(
            new ImageSettings { Config = "" }, Config(ClipConfig), Decoder, new InputLimits { MaximumFrames = 3 });

        Assert.Equal(3 * 224 * 224, Tensor(preprocessor, new InputContent("three.gif", HostileImages.Gif(1, 1, 3))).Length);
        Assert.Equal(3 * 224 * 224, Tensor(preprocessor, new InputContent("three.webp", HostileImages.WebP(1, 1, 3))).Length);
        var e = Assert.Throws<InputException>(() => Tensor(preprocessor, new InputContent("four.gif", HostileImages.Gif(1, 1, 4))));
        Assert.Equal(InputErrorCodes.TooLarge, e.Error.Code);
        Assert.Contains("4 frames", e.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Preprocess_MutationsOfEveryFormat_AreReadOrRefusedInTime()
    {
        const int Mutations = 150;
        InputContent[] samples = [.. ImageCase.All.Select(c => c.Content), AvifSample.Content];

        var report = PreprocessorFuzzer.Run(Clip(fastJpeg: true), samples, Mutations, firstSeed: 0);

        Assert.Empty(report.Failures);
        Assert.Equal(Mutations, report.Processed + report.Refused);
        Assert.NotEqual(0, report.Processed);
        Assert.NotEqual(0, report.Refused);
    }

    [Fact]
    public void Preprocess_InParallel_GivesTheSameTensors()
    {
        var preprocessor = Clip(fastJpeg: true);
        var expected = ImageCase.All.Select(c => Tensor(preprocessor, c.Content)).ToList();

        Parallel.For(0, 100, i =>
        {
            var index = i % expected.Count;
            Assert.Equal(expected[index], Tensor(preprocessor, ImageCase.All[index].Content));
        });
    }

    private static ImageProcessorConfig Config(string json) => ImageProcessorConfig.Parse(Encoding.UTF8.GetBytes(json), "preprocessor_config.json");

    private static InputContent Read(string name) => new(name, File.ReadAllBytes(TestPaths.Data("images", name)));

    /// <summary>The tensor of a file.</summary>
    protected static float[] Tensor(ImagePreprocessor preprocessor, InputContent content) =>
        preprocessor.Preprocess(content, ContentDetector.Detect(content).MediaType).Tensors[ImagePreprocessor.PixelValues].AsSpan<float>().ToArray();

    /// <summary>The cosine of the angle between two tensors.</summary>
    protected static double Cosine(float[] first, float[] second)
    {
        double product = 0, a = 0, b = 0;
        for (var i = 0; i < first.Length; i++)
        {
            product += (double)first[i] * second[i];
            a += (double)first[i] * first[i];
            b += (double)second[i] * second[i];
        }

        return product / Math.Sqrt(a * b);
    }

    /// <summary>CLIP's preprocessing.</summary>
    protected ImagePreprocessor Clip(bool fastJpeg) =>
        new(new ImageSettings { Config = "", FastJpeg = fastJpeg }, Config(ClipConfig), Decoder, new InputLimits());
}

using System.Collections.Concurrent;
using Multimodal.Imaging.Vips;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using NetVips;

namespace Multimodal.Benchmarks.Images;

/// <summary>Pictures as CLIP takes them: by our preprocessor, and their bare decoding by the library below it.</summary>
internal static class ClipImages
{
    /// <summary>CLIP's side, in pixels.</summary>
    public const int Side = 224;

    /// <summary>The pictures that are compared, of the data folder.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "2569067123_aca715a2ee_o.jpg",
        "Landscape_6.jpg",
        "Portrait_2.jpg",
        "4.webp",
        "alpha-premultiply-1024x768-paper.png",
    ];

    private static readonly ConcurrentDictionary<string, byte[]> Files = new();

    private static readonly ConcurrentDictionary<string, (int Divisor, double Share)> Decodings = new();

    /// <summary>The file's bytes, kept: reading it is nobody's merit.</summary>
    public static byte[] Read(string path) => Files.GetOrAdd(path, File.ReadAllBytes);

    /// <summary>Our preprocessor with the configuration that CLIP is published with.</summary>
    public static ImagePreprocessor Create(bool fastJpeg) => new(
        new ImageSettings { Config = "preprocessor_config.json", FastJpeg = fastJpeg },
        ImageProcessorConfig.Parse(
            """
            {
              "crop_size": 224, "do_center_crop": true, "do_normalize": true, "do_resize": true,
              "feature_extractor_type": "CLIPFeatureExtractor",
              "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711],
              "resample": 3, "size": 224
            }
            """u8.ToArray(),
            "preprocessor_config.json"),
        new VipsImageDecoder(),
        new InputLimits());

    /// <summary>Decodes by libvips alone, at the scale that the fast path takes, into memory.</summary>
    public static void DecodeBare(string path)
    {
        var bytes = Read(path);
        using var source = Source.NewFromMemory(bytes);
        const Enums.Access Access = Enums.Access.Sequential;
        const Enums.FailOn Strict = Enums.FailOn.Error;
        var decoding = Decodings.GetOrAdd(path, DecodingOf);
        using var image = Path.GetExtension(path) switch
        {
            ".webp" => NetVips.Image.WebploadSource(source, scale: decoding.Share, access: Access, failOn: Strict),
            ".png" => NetVips.Image.PngloadSource(source, access: Access, failOn: Strict),
            _ => NetVips.Image.JpegloadSource(source, shrink: decoding.Divisor, access: Access, failOn: Strict),
        };
        NetVips.NetVips.Free(image.WriteToMemory(out _));
    }

    private static (int Divisor, double Share) DecodingOf(string path)
    {
        var header = new VipsImageDecoder().ReadHeader(new InputContent(path, Read(path)));
        var (width, height) = (header.Width, header.Height);
        var shorter = Math.Min(width, height);
        var decoding = new ImageDecoding { LeastWidth = 2 * (Side * width / shorter), LeastHeight = 2 * (Side * height / shorter) };
        return (decoding.DivisorOf(width, height), decoding.ShareOf(width, height));
    }
}

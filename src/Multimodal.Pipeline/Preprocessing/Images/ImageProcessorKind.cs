namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>What an image processor of transformers does where its configuration says nothing.</summary>
/// <param name="Name">The class's name without <c>ImageProcessor</c>.</param>
internal sealed record ImageProcessorKind(string Name)
{
    private static readonly float[] ClipMean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] ClipDeviation = [0.26862954f, 0.26130258f, 0.27577711f];
    private static readonly float[] Halves = [0.5f, 0.5f, 0.5f];

    /// <summary>Whether <c>size</c> as a plain number is the shorter edge; else both sides.</summary>
    public bool NumberIsShorterEdge { get; init; }

    /// <summary>The default of <c>size</c>, as a number.</summary>
    public int Size { get; init; } = 224;

    /// <summary>The default of <c>resample</c>.</summary>
    public ResamplingFilter Filter { get; init; } = ResamplingFilter.Bicubic;

    /// <summary>The default of <c>crop_size</c>; null: this kind does not crop.</summary>
    public int? Crop { get; init; }

    /// <summary>Whether <c>size</c> and <c>crop_pct</c> decide together what is cut off, instead of <c>crop_size</c>.</summary>
    public bool CropsByShare { get; init; }

    /// <summary>The default of <c>image_mean</c>.</summary>
    public IReadOnlyList<float> Mean { get; init; } = Halves;

    /// <summary>The default of <c>image_std</c>.</summary>
    public IReadOnlyList<float> Deviation { get; init; } = Halves;

    /// <summary>Those that are understood.</summary>
    public static IReadOnlyList<ImageProcessorKind> All { get; } =
    [
        new("CLIP") { NumberIsShorterEdge = true, Crop = 224, Mean = ClipMean, Deviation = ClipDeviation },
        new("ChineseCLIP") { NumberIsShorterEdge = true, Crop = 224, Mean = ClipMean, Deviation = ClipDeviation },
        new("Bit") { NumberIsShorterEdge = true, Crop = 224, Mean = ClipMean, Deviation = ClipDeviation },
        new("Siglip"),
        new("ViT") { Filter = ResamplingFilter.Bilinear },
        new("DeiT") { Size = 256, Crop = 224 },
        new("Beit") { Size = 256, Crop = 224 },
        new("Blip") { Size = 384, Mean = ClipMean, Deviation = ClipDeviation },
        new("ConvNext") { NumberIsShorterEdge = true, Size = 384, CropsByShare = true },
        new("MobileNetV1") { NumberIsShorterEdge = true, Size = 256, Filter = ResamplingFilter.Bilinear, Crop = 224 },
        new("MobileNetV2") { NumberIsShorterEdge = true, Size = 256, Filter = ResamplingFilter.Bilinear, Crop = 224 },
    ];

    /// <summary>The kind of a class such as <c>CLIPImageProcessor</c>, <c>CLIPImageProcessorFast</c> or the older <c>CLIPFeatureExtractor</c>.</summary>
    /// <returns>Null where it is not understood.</returns>
    public static ImageProcessorKind? Find(string type)
    {
        foreach (var ending in (ReadOnlySpan<string>)["ImageProcessor", "ImageProcessorFast", "ImageProcessorPil", "FeatureExtractor"])
        {
            if (type.EndsWith(ending, StringComparison.Ordinal))
            {
                var name = type[..^ending.Length];
                return All.FirstOrDefault(kind => kind.Name == name);
            }
        }

        return null;
    }
}

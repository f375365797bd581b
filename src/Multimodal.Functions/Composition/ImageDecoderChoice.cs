namespace Multimodal.Functions.Composition;

/// <summary>The image libraries that the app carries.</summary>
internal enum ImageDecoderChoice
{
    /// <summary>ImageSharp.</summary>
    ImageSharp,

    /// <summary>libvips.</summary>
    Vips,
}

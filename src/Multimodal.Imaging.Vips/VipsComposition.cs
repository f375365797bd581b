using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Imaging.Vips;

/// <summary>Composes a host with libvips.</summary>
public static class VipsComposition
{
    /// <summary>Decodes images by libvips.</summary>
    public static MultimodalBuilder UseVipsImaging(this MultimodalBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IImageDecoder, VipsImageDecoder>();
        return builder;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Preprocessing.Images;

namespace Multimodal.Imaging.ImageSharp;

/// <summary>Composes a host with ImageSharp.</summary>
public static class ImageSharpComposition
{
    /// <summary>Decodes images by ImageSharp.</summary>
    public static MultimodalBuilder UseImageSharpImaging(this MultimodalBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<IImageDecoder, ImageSharpDecoder>();
        return builder;
    }
}

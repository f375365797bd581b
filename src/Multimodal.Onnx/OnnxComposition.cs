using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Multimodal.Onnx.Blurring;
using Multimodal.Onnx.Voice;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Onnx;

/// <summary>Composes a host with ONNX Runtime.</summary>
public static class OnnxComposition
{
    /// <summary>Runs networks with ONNX Runtime.</summary>
    public static MultimodalBuilder UseOnnxRuntime(this MultimodalBuilder builder, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(options ?? new OnnxOptions());
        builder.Services.AddSingleton(services => new OnnxModelFactory(
            services.GetRequiredService<OnnxOptions>(), services.GetService<ILogger<OnnxModelFactory>>(), services.GetService<TimeProvider>()));
        builder.Services.AddSingleton<IModelFactory>(services => services.GetRequiredService<OnnxModelFactory>());
        builder.Services.AddSingleton<IModelInspector, OnnxModelInspector>();
        builder.Services.AddSingleton<IVoiceActivityFactory, OnnxVoiceActivityFactory>();
        builder.Services.AddSingleton<IRuntimeStatus, OnnxRuntimeStatus>();
        return builder;
    }

    /// <summary>Makes regions of previews unrecognisable that a detector finds, such as faces. The network is opened and checked at once.</summary>
    /// <param name="builder">The host's pipeline.</param>
    /// <param name="declaration">The file that declares the detector; null or empty: there is none, and previews stay as they are.</param>
    /// <exception cref="PipelineException">The declaration or the network cannot be used.</exception>
    public static MultimodalBuilder UsePreviewBlur(this MultimodalBuilder builder, string? declaration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (declaration is { Length: > 0 })
        {
            // Refused at the start, not at the first preview.
            using (new OnnxPreviewBlur(declaration, NullLogger<OnnxPreviewBlur>.Instance))
            {
            }

            builder.Services.AddSingleton<IPreviewBlur>(
                services => new OnnxPreviewBlur(declaration, services.GetRequiredService<ILogger<OnnxPreviewBlur>>()));
        }

        return builder;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Multimodal.Onnx.Voice;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;

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
}

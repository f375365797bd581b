using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Multimodal.Audio.FFmpeg;
using Multimodal.Imaging.Vips;
using Multimodal.Onnx;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Pipeline.Preprocessing;

namespace Multimodal.Local.Repository;

/// <summary>Composes what looks into models and proves them.</summary>
internal static class RepositoryServices
{
    public static ServiceProvider Compose(Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddProvider(new StandardErrorLoggerProvider()));
        services.AddSingleton(new InputLimits());
        services.AddSingleton<PreprocessorFactory>();
        services.AddSingleton<FolderImporter>();
        services.AddSingleton<RecipeImporter>();
        new MultimodalBuilder(services).UseVipsImaging().UseFFmpegAudio().UseOnnxRuntime();
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }
}

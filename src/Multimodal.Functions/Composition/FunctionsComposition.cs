using Azure.Core.Serialization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Audio.FFmpeg;
using Multimodal.Functions.Durable;
using Multimodal.Http;
using Multimodal.Imaging.ImageSharp;
using Multimodal.Imaging.Vips;
using Multimodal.Onnx;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Pipeline.Composition;
using Multimodal.Privacy;
using Multimodal.Storage.Azure.Composition;

namespace Multimodal.Functions.Composition;

/// <summary>Composes the app from its settings.</summary>
internal static class FunctionsComposition
{
    // What the Functions host itself lets through.
    private const long LargestRequest = 210L << 20;

    public static FunctionsApplicationBuilder AddMultimodalFunctions(this FunctionsApplicationBuilder builder)
    {
        var settings = AppSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings.Batches);
        builder.Services
            .AddMultimodalPipeline(settings.Models, settings.Host, settings.Limits, settings.Retention, settings.Trust)
            .UseAzureStorage(settings.Storage, settings.Encryption)
            .UseOnnxRuntime(settings.Onnx)
            .UsePreviewBlur(settings.PreviewDetector)
            .UseMasking(settings.Masking)
            .UseImaging(settings.Decoder)
            .UseFFmpegAudio()
            .UseDurableEngine()
            .UseJobsApi(new HttpLimits { MaximumBodyBytes = LargestRequest });
        builder.Services.AddHostedService<StorageStartup>();
        builder.Services.AddSingleton(settings.History);

        // What crosses the orchestration is written with the port's own JSON, compact and with its own names.
        builder.Services.Configure<WorkerOptions>(options => options.Serializer = new JsonObjectSerializer(WorkerJson.Options));
        builder.Services.Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = LargestRequest);
        builder.AddTelemetry();
        return builder;
    }

    private static MultimodalBuilder UseImaging(this MultimodalBuilder builder, ImageDecoderChoice decoder) => decoder switch
    {
        ImageDecoderChoice.Vips => builder.UseVipsImaging(),
        _ => builder.UseImageSharpImaging(),
    };

    private static MultimodalBuilder UseDurableEngine(this MultimodalBuilder builder)
    {
        builder.Services.AddSingleton<DurableClients>();
        builder.Services.AddSingleton<IJobEngine, DurableJobEngine>();
        builder.Services.AddSingleton<IBatchEngine, DurableBatchEngine>();
        return builder;
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Multimodal.Http;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Composition;
using Multimodal.Onnx;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;

namespace Multimodal.Local.Serve;

/// <summary>Composes the service.</summary>
internal static class ServeHost
{
    /// <param name="settings">What it is to do.</param>
    /// <param name="configure">Replaces what tests replace.</param>
    public static WebApplication Build(ServeSettings settings, Action<IServiceCollection>? configure = null)
    {
        // Nothing that is not asked for: no settings files of the folder that it happens to be started in.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new StandardErrorLoggerProvider());
        builder.WebHost.UseKestrelCore().UseUrls([.. settings.Urls]);
        builder.Services.AddRouting();
        builder.Services.AddMultimodalPipeline(settings.Models, new HostSettings { DefaultPipeline = settings.Pipeline })
            .UseVipsImaging()
            .UseOnnxRuntime()
            .UseFileStorage(settings.Storage)
            .UseLocalEngine()
            .UseJobsApi();
        configure?.Invoke(builder.Services);
        var application = builder.Build();
        application.UseRouting();
        application.MapJobsApi();
        return application;
    }
}

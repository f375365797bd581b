using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Multimodal.Audio.FFmpeg;
using Multimodal.Http;
using Multimodal.Imaging.Vips;
using Multimodal.Local.Composition;
using Multimodal.Local.Engine;
using Multimodal.Local.Page;
using Multimodal.Local.Serve.Documents;
using Multimodal.Local.Serve.Logging;
using Multimodal.Local.Serve.Security;
using Multimodal.Local.Serve.Settings;
using Multimodal.Local.Serve.Upkeep;
using Multimodal.Local.Serve.Uploads;
using Multimodal.Onnx;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Composition;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Retention;
using Multimodal.Pipeline.Composition;
using Multimodal.Pipeline.Models.Signing;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Privacy;
using Multimodal.Privacy.Settings;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Local.Serve;

/// <summary>Composes the service.</summary>
internal static class ServeHost
{
    /// <param name="settings">What it is to do.</param>
    /// <param name="configure">Replaces what tests replace.</param>
    /// <exception cref="UsageException">The settings do not go together.</exception>
    public static WebApplication Build(ServeSettings settings, Action<IServiceCollection>? configure = null)
    {
        // Nothing that is not asked for: no settings files of the folder that it happens to be started in.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables();
        AddLogging(builder.Logging, builder.Configuration);
        builder.WebHost.UseKestrelCore().UseUrls([.. settings.Addresses.Select(address => address.Url)]);
        builder.Services.Configure<KestrelServerOptions>(options => Bound(options, settings));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.ShutdownLimit);
        builder.Services.AddRouting();
        builder.Services.AddApiDocument(settings.ApiKey is not null);
        builder.Services.AddTelemetry(builder.Configuration);
        AddPipeline(builder, settings);
        AddServices(builder.Services, settings);
        configure?.Invoke(builder.Services);

        var guard = RequestGuards.Create(settings);
        var application = builder.Build();
        application.Use(guard.InvokeAsync);
        application.UseRouting();
        application.MapJobsApi();
        application.MapApiDocument();
        application.MapPage();
        return application;
    }

    private static void AddLogging(ILoggingBuilder logging, ConfigurationManager configuration)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);

        // Standard output holds the address alone. The format is not to be chosen: others write out what is sent.
        logging.AddConsoleFormatter<ContentFreeFormatter, ConsoleFormatterOptions>();
        logging.AddConsole(options =>
        {
            options.FormatterName = ContentFreeFormatter.FormatName;
            options.LogToStandardErrorThreshold = LogLevel.Trace;
        });
    }

    private static void Bound(KestrelServerOptions options, ServeSettings settings)
    {
        options.AddServerHeader = false;
        options.Limits.MaxConcurrentConnections = settings.Connections;
        options.Limits.MaxRequestHeaderCount = 64;
        options.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        options.Limits.MaxRequestLineSize = 4 * 1024;
        options.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        options.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        options.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));

        // A submission raises it for itself; nothing else has a body worth reading.
        options.Limits.MaxRequestBodySize = 64 * 1024;
    }

    private static void AddPipeline(WebApplicationBuilder builder, ServeSettings settings)
    {
        var configuration = builder.Configuration;
        builder.Services.AddSingleton(BatchOptions.Read(configuration[BatchOptions.ContainersSetting]));
        var encryption = EncryptionSettings.Read(configuration);
        var pipeline = builder.Services.AddMultimodalPipeline(
            settings.Models,
            new HostSettings { DefaultPipeline = settings.Pipeline, VerdictsInMessages = !encryption.IsOn },
            configuration.GetSection("Limits").Get<InputLimits>(),
            ReadRetention(settings, configuration),
            ModelTrustOptions.Parse(configuration["Models:TrustedKeys"], configuration["Models:RequireSignature"]));
        pipeline
            .UseVipsImaging()
            .UseFFmpegAudio()
            .UseOnnxRuntime(OnnxOptionsReader.Read(configuration.GetSection("Onnx")))
            .UseMasking(MaskingOptionsReader.Read(configuration.GetSection("Masking")))
            .UsePreviewBlur(configuration["Previews:Detector"])
            .UseLocalEngine(new EngineOptions { JobsAtOnce = settings.Concurrency, JobsWaiting = settings.Queue, AwaitsLeases = true });
        UseStorage(pipeline, settings, configuration, encryption);
        pipeline.Services.AddSingleton<IJobAdmission, ServeAdmission>();
        pipeline.UseJobsApi();
    }

    // What people put into a folder of their own is theirs, and may be years old when it comes.
    private static RetentionOptions ReadRetention(ServeSettings settings, ConfigurationManager configuration)
    {
        var retention = settings.Storage.Folder is null ? new RetentionOptions() : new RetentionOptions { UploadDays = null };
        configuration.GetSection("Retention").Bind(retention);
        return retention;
    }

    private static void UseStorage(
        MultimodalBuilder pipeline, ServeSettings settings, ConfigurationManager configuration, EncryptionOptions encryption)
    {
        if (settings.Storage.Folder is { } folder)
        {
            pipeline.UseFileStorage(folder, EncryptionSettings.OpenKeys(encryption));
            pipeline.Services.AddSingleton<IUploadSource>(services => new FolderUploadSource(
                folder,
                settings.SettleTime,
                services.GetRequiredService<TimeProvider>(),
                services.GetRequiredService<ILogger<FolderUploadSource>>()));
        }
        else
        {
            pipeline.UseAzureStorage(AzureStorageConfiguration.Read(configuration), encryption);
            pipeline.Services.AddSingleton<IUploadSource, AccountUploadSource>();
            pipeline.Services.AddHostedService<AccountStartup>();
        }
    }

    // They stop in the order opposite to this one.
    private static void AddServices(IServiceCollection services, ServeSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<IHostLifetime, SignalLifetime>();
        services.AddHostedService<EngineShutdown>();
        services.AddHostedService<JobRecovery>();
        services.AddHostedService<BatchUpkeep>();
        services.AddHostedService<Expiry>();
        services.AddSingleton<UploadLedger>();
        services.AddSingleton<UploadHandler>();
        services.AddHostedService<UploadWatcher>();
    }
}

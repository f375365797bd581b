using Microsoft.Extensions.Configuration;
using Multimodal.Functions.Upkeep;
using Multimodal.Onnx;
using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Intake;
using Multimodal.Orchestration.Retention;
using Multimodal.Pipeline.Models.Signing;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Privacy.Settings;
using Multimodal.Storage.Azure.Composition;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Functions.Composition;

/// <summary>The app's settings, as <c>local.settings.json</c> or the app's configuration in Azure gives them.</summary>
internal sealed record AppSettings
{
    /// <summary>The connection of triggers, orchestrations and jobs alike.</summary>
    public const string StorageConnection = "AzureWebJobsStorage";

    public required AzureStorageOptions Storage { get; init; }

    /// <summary>With which keys everything that is stored is encrypted.</summary>
    public required EncryptionOptions Encryption { get; init; }

    /// <summary>The folder of the model repository.</summary>
    public required string Models { get; init; }

    /// <summary>Which pipelines are taken.</summary>
    public required ModelTrustOptions Trust { get; init; }

    public required HostSettings Host { get; init; }

    public required InputLimits Limits { get; init; }

    public required OnnxOptions Onnx { get; init; }

    /// <summary>How long what is stored is kept.</summary>
    public required RetentionOptions Retention { get; init; }

    /// <summary>How long the history of an ended orchestration is kept.</summary>
    public required HistoryRetention History { get; init; }

    /// <summary>What batches may read.</summary>
    public required BatchOptions Batches { get; init; }

    public ImageDecoderChoice Decoder { get; init; }

    /// <summary>How personal data in texts is masked.</summary>
    public required MaskingOptions Masking { get; init; }

    /// <summary>The declaration of the detector whose regions are blurred in previews; null where there is none.</summary>
    public string? PreviewDetector { get; init; }

    /// <exception cref="FormatException">A setting is none that can be used; the message names it.</exception>
    public static AppSettings Read(IConfiguration configuration) => new()
    {
        Storage = ReadStorage(configuration),
        Encryption = ReadEncryption(configuration),
        Models = configuration["Models:Folder"] is { Length: > 0 } models ? models : Path.Combine(AppContext.BaseDirectory, "models"),
        Trust = ModelTrustOptions.Parse(configuration["Models:TrustedKeys"], configuration["Models:RequireSignature"]),
        Host = ReadHost(configuration),
        Limits = configuration.GetSection("Limits").Get<InputLimits>() ?? new InputLimits(),
        Onnx = OnnxOptionsReader.Read(configuration.GetSection("Onnx")),
        Retention = configuration.GetSection("Retention").Get<RetentionOptions>() ?? new RetentionOptions(),
        History = new HistoryRetention(configuration.GetValue("Retention:HistoryDays", 7.0)),
        Batches = BatchOptions.Read(configuration["Batches:Containers"]),
        Decoder = ReadDecoder(configuration["Imaging:Decoder"]),
        Masking = MaskingOptionsReader.Read(configuration.GetSection("Masking")),
        PreviewDetector = configuration["Previews:Detector"],
    };

    private static EncryptionOptions ReadEncryption(IConfiguration configuration) =>
        configuration.GetSection("Encryption").Get<EncryptionOptions>() ?? new EncryptionOptions();

    private static HostSettings ReadHost(IConfiguration configuration)
    {
        var host = configuration["Pipeline:Default"] is { Length: > 0 } pipeline ? new HostSettings { DefaultPipeline = pipeline } : new HostSettings();
        return host with { VerdictsInMessages = !ReadEncryption(configuration).IsOn };
    }

    // The same forms that the triggers' connection takes: a connection string, or a section for an identity.
    private static AzureStorageOptions ReadStorage(IConfiguration configuration)
    {
        if (configuration[StorageConnection] is { Length: > 0 } connectionString)
        {
            return new AzureStorageOptions { ConnectionString = connectionString };
        }

        var section = configuration.GetSection(StorageConnection);
        var blobs = section.GetValue<Uri?>("blobServiceUri");
        return new AzureStorageOptions
        {
            AccountName = blobs is null ? section["accountName"] : null,
            BlobServiceUri = blobs,
            QueueServiceUri = blobs is null ? null : section.GetValue<Uri?>("queueServiceUri"),
            ManagedIdentityClientId = section["clientId"],
        };
    }

    private static ImageDecoderChoice ReadDecoder(string? name) => name?.ToUpperInvariant() switch
    {
        null or "" or "IMAGESHARP" => ImageDecoderChoice.ImageSharp,
        "VIPS" => ImageDecoderChoice.Vips,
        _ => throw new FormatException($"Imaging:Decoder is '{name}'; it must be imagesharp or vips."),
    };
}

using Microsoft.Extensions.Configuration;
using Multimodal.Storage.Azure.Composition;

namespace Multimodal.Local.Serve.Settings;

/// <summary>Finds the storage account in the configuration: under the Azure tools' own name, else as a Functions app has it.</summary>
internal static class AzureStorageConfiguration
{
    private const string ConnectionString = "AZURE_STORAGE_CONNECTION_STRING";
    private const string AccountName = "AZURE_STORAGE_ACCOUNT";
    private const string Functions = "AzureWebJobsStorage";

    /// <exception cref="UsageException">It names none.</exception>
    public static AzureStorageOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Functions);
        if ((NotEmpty(configuration[ConnectionString]) ?? NotEmpty(section.Value)) is { } connectionString)
        {
            return new AzureStorageOptions { ConnectionString = connectionString };
        }

        var blobs = section.GetValue<Uri?>("blobServiceUri");
        var account = NotEmpty(configuration[AccountName]) ?? NotEmpty(section["accountName"]);
        return blobs is null && account is null
            ? throw new UsageException(
                $"--storage azure needs a storage account: set {ConnectionString}, or {AccountName} to use an identity, "
                + $"or {Functions} as for a Functions app. For Azurite: {ConnectionString}=UseDevelopmentStorage=true.")
            : new AzureStorageOptions
            {
                AccountName = blobs is null ? account : null,
                BlobServiceUri = blobs,
                QueueServiceUri = blobs is null ? null : section.GetValue<Uri?>("queueServiceUri"),
                ManagedIdentityClientId = NotEmpty(section["clientId"]),
            };
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

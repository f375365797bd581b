using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Options;

namespace Multimodal.Storage.Azure.Composition;

/// <summary>Says everything that is wrong with the options at once. No message repeats a connection string: it holds a secret.</summary>
internal sealed partial class AzureStorageOptionsValidator : IValidateOptions<AzureStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, AzureStorageOptions options)
    {
        var failures = Find(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Find(AzureStorageOptions options)
    {
        var hasUris = options.BlobServiceUri is not null || options.QueueServiceUri is not null;
        var ways = (options.ConnectionString is null ? 0 : 1) + (options.AccountName is null ? 0 : 1) + (hasUris ? 1 : 0);
        if (ways != 1)
        {
            yield return ways == 0
                ? "No storage account is named: set ConnectionString, or AccountName, or BlobServiceUri and QueueServiceUri."
                : "The storage account is named in more than one way: "
                    + "set only ConnectionString, or only AccountName, or only BlobServiceUri and QueueServiceUri.";
        }

        if (options.ConnectionString is { } connectionString && !IsReadable(connectionString))
        {
            yield return "ConnectionString is no connection string of a storage account with a blob service and a queue service.";
        }

        if (options.AccountName is { } account && !Account().IsMatch(account))
        {
            yield return $"AccountName '{account}' is no account's name: it has 3 to 24 lower-case letters and digits.";
        }

        if (hasUris)
        {
            if (!IsHttps(options.BlobServiceUri))
            {
                yield return "BlobServiceUri must be an absolute https address, and be set together with QueueServiceUri.";
            }

            if (!IsHttps(options.QueueServiceUri))
            {
                yield return "QueueServiceUri must be an absolute https address, and be set together with BlobServiceUri.";
            }
        }

        if (options.ManagedIdentityClientId is { } client)
        {
            if (options.ConnectionString is not null)
            {
                yield return "ManagedIdentityClientId has no effect beside ConnectionString: leave one of them out.";
            }

            if (!Guid.TryParse(client, out _))
            {
                yield return $"ManagedIdentityClientId '{client}' is no client id, which is a GUID.";
            }
        }

        if (options.ResultMessageTimeToLive < TimeSpan.FromSeconds(1) && options.ResultMessageTimeToLive != Timeout.InfiniteTimeSpan)
        {
            yield return $"ResultMessageTimeToLive is {options.ResultMessageTimeToLive}: it is at least a second, or infinite (-1 ms).";
        }
    }

    private static bool IsHttps(Uri? uri) => uri is { IsAbsoluteUri: true } && uri.Scheme == Uri.UriSchemeHttps;

    // The client libraries are the only ones who know all forms that a connection string may take.
    private static bool IsReadable(string connectionString)
    {
        try
        {
            return new BlobServiceClient(connectionString).Uri is not null && new QueueServiceClient(connectionString).Uri is not null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[a-z0-9]{3,24}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Account();
}

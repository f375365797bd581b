using System.Text.RegularExpressions;
using Multimodal.Orchestration.Retention;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Infra.Tests.Templates;

public sealed partial class StorageTests
{
    // The longest that a job can be open, and a day: what the tombstones of the app stand for at the least.
    private const int Margin = 8;

    [Fact]
    public async Task Account_IsClosedToTheAnonymous()
    {
        var properties = (await Deployment.MainAsync()).Single("Microsoft.Storage/storageAccounts").At("properties");

        Assert.False(properties.At("allowBlobPublicAccess").GetBoolean());
        Assert.False(properties.At("allowCrossTenantReplication").GetBoolean());
        Assert.False(properties.At("isLocalUserEnabled").GetBoolean());
        Assert.True(properties.At("defaultToOAuthAuthentication").GetBoolean());
        Assert.True(properties.At("supportsHttpsTrafficOnly").GetBoolean());
        Assert.Equal("TLS1_2", properties.TextAt("minimumTlsVersion"));
    }

    [Fact]
    public async Task Containers_AreThoseOfTheApp_AndPrivate()
    {
        var containers = (await Deployment.MainAsync()).OfType("Microsoft.Storage/storageAccounts/blobServices/containers");

        Assert.Equal(
            Containers.All.Append(Containers.Bulk).Append(Read("src", "Multimodal.Storage.Azure", "Leases", "AzureJobLeases.cs", "Container"))
                .Order(StringComparer.Ordinal),
            containers.Select(NameOf).Order(StringComparer.Ordinal));
        Assert.All(containers, container => Assert.Equal("None", container.TextAt("properties.publicAccess")));
    }

    [Fact]
    public async Task Queues_AreThoseOfTheApp()
    {
        var queues = (await Deployment.MainAsync()).OfType("Microsoft.Storage/storageAccounts/queueServices/queues");

        Assert.Equal(
            [Containers.ResultQueue, Read("src", "Multimodal.Functions", "Uploads", "UploadSource.cs", "Poison")],
            queues.Select(NameOf));
    }

    [Fact]
    public async Task Lifecycle_DeletesLaterThanTheApp_WhatTheAppDeletes()
    {
        var rules = LifecycleOf(await Deployment.MainAsync());

        var defaults = new RetentionOptions();
        Assert.Equal(
            new SortedDictionary<string, int>(StringComparer.Ordinal)
            {
                [Containers.Uploads] = (int)defaults.UploadDays! + Margin,
                [Containers.Inputs] = (int)defaults.UploadDays! + Margin,
                [Containers.Features] = (int)defaults.FeatureDays! + Margin,
                [Containers.Embeddings] = (int)defaults.EmbeddingDays! + Margin,
                [Containers.Quarantine] = (int)defaults.QuarantineDays! + Margin,
            },
            rules);
    }

    [Fact]
    public async Task Lifecycle_ResultsWithATime_ExpireThen()
    {
        Assert.Equal(400, LifecycleOf(await Deployment.FullAsync())[Containers.Results]);
    }

    [Fact]
    public async Task SoftDelete_None_IsOff()
    {
        var service = (await Deployment.FullAsync()).Single("Microsoft.Storage/storageAccounts/blobServices");

        Assert.False(service.At("properties.deleteRetentionPolicy.enabled").GetBoolean());
        Assert.False(service.At("properties.containerDeleteRetentionPolicy.enabled").GetBoolean());
    }

    [Fact]
    public async Task CustomerManagedKey_EncryptsBlobsAndQueues_ByAnIdentityOfTheAccount()
    {
        var main = await Deployment.FullAsync();

        var account = main.Single("Microsoft.Storage/storageAccounts");
        var identity = Assert.Single(account.At("identity.userAssignedIdentities").EnumerateObject()).Name;
        var key = main.Single("Microsoft.KeyVault/vaults/keys");
        Assert.Equal("Microsoft.Keyvault", account.TextAt("properties.encryption.keySource"));
        Assert.Equal(NameOf(key), account.TextAt("properties.encryption.keyvaultproperties.keyname"));
        Assert.False(account.Has("properties.encryption.keyvaultproperties.keyversion"));
        Assert.Contains("identityOfStorage", identity, StringComparison.Ordinal);
        Assert.Equal("Account", account.TextAt("properties.encryption.services.queue.keyType"));
        Assert.True(main.Single("Microsoft.KeyVault/vaults").At("properties.enablePurgeProtection").GetBoolean());
    }

    [Fact]
    public async Task NoCustomerManagedKey_VaultCanBePurged()
    {
        var main = await Deployment.MainAsync();

        Assert.Empty(main.OfType("Microsoft.KeyVault/vaults/keys"));
        Assert.False(main.Single("Microsoft.KeyVault/vaults").At("properties") is { } properties
            && properties.TryGetProperty("enablePurgeProtection", out var protection) && protection.ValueKind is System.Text.Json.JsonValueKind.True);
    }

    private static SortedDictionary<string, int> LifecycleOf(Deployment deployment)
    {
        var policy = deployment.Single("Microsoft.Storage/storageAccounts/managementPolicies");
        return new SortedDictionary<string, int>(
            policy.At("properties.policy.rules").EnumerateArray().ToDictionary(
                rule => Assert.Single(rule.TextsAt("definition.filters.prefixMatch")).TrimEnd('/'),
                rule => rule.At("definition.actions.baseBlob.delete.daysAfterModificationGreaterThan").GetInt32()),
            StringComparer.Ordinal);
    }

    private static string NameOf(System.Text.Json.JsonElement resource) => resource.TextAt("name").Split('/')[^1];

    // A constant of a type that tests here do not see.
    private static string Read(params string[] pathAndName) =>
        Constant().Matches(InfraPaths.Read(pathAndName[..^1])).Single(match => match.Groups["name"].Value == pathAndName[^1]).Groups["value"].Value;

    [GeneratedRegex("""const string (?<name>\w+) = "(?<value>[^"]*)";""")]
    private static partial Regex Constant();
}

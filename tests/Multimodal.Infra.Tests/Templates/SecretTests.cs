namespace Multimodal.Infra.Tests.Templates;

/// <summary>No key is asked of Azure, none is passed on in the open, and none can be used where an identity can.</summary>
public sealed class SecretTests
{
    private static readonly string[] WaysToKeys =
        ["listKeys", "listAccountSas", "listServiceSas", "listCredentials", "listConnectionStrings", "AccountKey=", "SharedAccessKey=", "primarySharedKey", "adminPassword"];

    [Theory]
    [InlineData("main.bicep")]
    [InlineData("jobs.bicep")]
    [InlineData("encoders.bicep")]
    public async Task Compiled_Template_AsksForNoKey(string file)
    {
        var run = await BicepTool.RunAsync(InfraPaths.Infra, new Dictionary<string, string>(), "build", file, "--stdout");

        Assert.Equal(0, run.ExitCode);
        Assert.All(WaysToKeys, way => Assert.DoesNotContain(way, run.Output, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task HostKeys_LieInTheVaultAlone()
    {
        var main = await Deployment.MainAsync();

        // The compiler leaves secure parameters as what they are called.
        var holders = main.Resources.Where(resource => resource.GetRawText().Contains("parameters('host", StringComparison.Ordinal)).ToArray();
        Assert.Equal(4, holders.Length);
        Assert.All(holders, holder => Assert.Equal("Microsoft.KeyVault/vaults/secrets", holder.TextAt("type")));
        Assert.All(main.Resources, resource => Assert.DoesNotContain("-key-of-a-test", resource.GetRawText(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("jobs.bicep")]
    [InlineData("encoders.bicep")]
    public async Task App_GetsSecretsFromTheVaultByItsIdentity(string file)
    {
        var app = (await Deployment.AppAsync(file)).Single("Microsoft.App/containerApps");

        var identity = Assert.Single(app.At("identity.userAssignedIdentities").EnumerateObject()).Name;
        var secrets = app.Has("properties.configuration.secrets") ? app.At("properties.configuration.secrets").EnumerateArray().ToArray() : [];
        Assert.All(secrets, secret =>
        {
            Assert.False(secret.TryGetProperty("value", out _));
            Assert.Contains("vaultUri", secret.TextAt("keyVaultUrl"), StringComparison.Ordinal);
            Assert.Equal(identity, secret.TextAt("identity"));
        });
        Assert.All(app.At("properties.configuration.registries").EnumerateArray(), registry =>
        {
            Assert.Equal(identity, registry.TextAt("identity"));
            Assert.False(registry.TryGetProperty("passwordSecretRef", out _));
        });
    }

    [Fact]
    public async Task Jobs_KeysOfTheHost_AreFilesUnderTheHostsNames()
    {
        var jobs = await Deployment.AppAsync("jobs.bicep");

        var app = jobs.Single("Microsoft.App/containerApps");
        var volume = Assert.Single(app.At("properties.template.volumes").EnumerateArray());
        var mount = Assert.Single(jobs.Container().GetProperty("volumeMounts").EnumerateArray());
        Assert.Equal("Secret", volume.TextAt("storageType"));
        Assert.Equal(volume.TextAt("name"), mount.TextAt("volumeName"));
        Assert.Equal("/run/secrets/functions-keys", mount.TextAt("mountPath"));
        Assert.Equal("containerapp", jobs.Variables()["AzureWebJobsSecretStorageType"]);
        Assert.Equal(
            ["host.function.default", "host.master", "host.systemKey.blobs_extension", "host.systemKey.durabletask_extension"],
            volume.At("secrets").EnumerateArray().Select(secret => secret.TextAt("path")).Order(StringComparer.Ordinal));
        Assert.Equal(
            app.At("properties.configuration.secrets").EnumerateArray().Select(secret => secret.TextAt("name")),
            volume.At("secrets").EnumerateArray().Select(secret => secret.TextAt("secretRef")));
    }

    [Fact]
    public async Task VaultSecrets_AreThoseThatTheAppMounts()
    {
        var main = await Deployment.MainAsync();
        var jobs = await Deployment.AppAsync("jobs.bicep");

        var kept = main.OfType("Microsoft.KeyVault/vaults/secrets").Select(secret => secret.TextAt("name").Split('/')[1]);
        var mounted = jobs.Single("Microsoft.App/containerApps").At("properties.configuration.secrets").EnumerateArray().Select(secret => secret.TextAt("name"));
        Assert.Equal(kept.Order(StringComparer.Ordinal), mounted.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task LocalAuthentication_IsOff()
    {
        var main = await Deployment.MainAsync();

        Assert.False(main.Single("Microsoft.Storage/storageAccounts").At("properties.allowSharedKeyAccess").GetBoolean());
        Assert.False(main.Single("Microsoft.ContainerRegistry/registries").At("properties.adminUserEnabled").GetBoolean());
        Assert.False(main.Single("Microsoft.ContainerRegistry/registries").At("properties.anonymousPullEnabled").GetBoolean());
        Assert.True(main.Single("Microsoft.Insights/components").At("properties.DisableLocalAuth").GetBoolean());
        Assert.True(main.Single("Microsoft.OperationalInsights/workspaces").At("properties.features.disableLocalAuth").GetBoolean());
        Assert.True(main.Single("Microsoft.KeyVault/vaults").At("properties.enableRbacAuthorization").GetBoolean());
    }

    [Fact]
    public async Task Connections_NameIdentities()
    {
        foreach (var file in (string[])["jobs.bicep", "encoders.bicep"])
        {
            var variables = (await Deployment.AppAsync(file)).Variables();

            Assert.Contains("Authentication=ManagedIdentity", variables["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"], StringComparison.Ordinal);
            Assert.Contains("Authorization=AAD", variables["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"], StringComparison.Ordinal);
            Assert.Equal("managedidentity", variables["AzureWebJobsStorage__credential"]);
            Assert.DoesNotContain("AzureWebJobsStorage", variables.Keys);
        }
    }
}

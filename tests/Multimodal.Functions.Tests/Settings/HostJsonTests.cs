using System.Text.Json;
using Multimodal.Testing;

namespace Multimodal.Functions.Tests.Settings;

public sealed class HostJsonTests
{
    // The largest batch that an encoder is measured at.
    private const int LargestBatch = 32;

    [Theory]
    [InlineData("host.json", "AzureStorage")]
    [InlineData("host.scheduler.json", "azureManaged")]
    public void HostJson_Durable_FillsTheBatcher(string file, string backend)
    {
        var durable = Read(file).GetProperty("extensions").GetProperty("durableTask");

        Assert.Equal(backend, durable.GetProperty("storageProvider").GetProperty("type").GetString());
        Assert.True(durable.GetProperty("maxConcurrentActivityFunctions").GetInt32() >= LargestBatch);
        Assert.Equal("V2", durable.GetProperty("tracing").GetProperty("version").GetString());
    }

    [Theory]
    [InlineData("host.json")]
    [InlineData("host.scheduler.json")]
    public void HostJson_Triggers_GiveUpAfterFiveAttempts(string file)
    {
        var extensions = Read(file).GetProperty("extensions");

        Assert.Equal(5, extensions.GetProperty("blobs").GetProperty("poisonBlobThreshold").GetInt32());
        Assert.Equal(5, extensions.GetProperty("queues").GetProperty("maxDequeueCount").GetInt32());
    }

    [Fact]
    public void HostJson_Scheduler_SharesItsHubByFilters() =>
        Assert.True(Read("host.scheduler.json").GetProperty("extensions").GetProperty("durableTask")
            .GetProperty("storageProvider").GetProperty("workItemFilteringEnabled").GetBoolean());

    // Without these the host finds no functions, or no settings.
    [Fact]
    public void Output_HoldsWhatTheHostReads()
    {
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "host.json")));
        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, "models", "digits", "pipeline.json")));
    }

    [Fact]
    public void LocalSettingsSample_HoldsNoSecret()
    {
        var values = Read("local.settings.sample.json").GetProperty("Values");

        Assert.Equal("UseDevelopmentStorage=true", values.GetProperty("AzureWebJobsStorage").GetString());
        Assert.Equal("dotnet-isolated", values.GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString());
    }

    [Fact]
    public void LocalSettings_NeverReachAPublish()
    {
        var project = File.ReadAllText(Path.Combine(TestPaths.Repository, "src", "Multimodal.Functions", "Multimodal.Functions.csproj"));

        Assert.Matches("local\\.settings\\.json\"[^>]*CopyToPublishDirectory=\"Never\"", project);
        Assert.Contains("local.settings.json", File.ReadAllLines(Path.Combine(TestPaths.Repository, ".gitignore")));
    }

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(TestPaths.Repository, file))).RootElement;
}

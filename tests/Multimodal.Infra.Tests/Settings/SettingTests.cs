using Microsoft.Extensions.Configuration;
using Multimodal.Onnx;
using Multimodal.Orchestration.Retention;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Testing;

namespace Multimodal.Infra.Tests.Settings;

/// <summary>Every setting that the template passes is one that the app or its host reads, and the other way round.</summary>
public sealed class SettingTests
{
    // Other ways to the storage account, which the template does not go.
    private static readonly Dictionary<string, string> NotPassed = new(StringComparer.Ordinal)
    {
        ["AzureWebJobsStorage"] = "a connection string holds a key",
        ["AzureWebJobsStorage__blobServiceUri"] = "the account's name says it",
        ["AzureWebJobsStorage__queueServiceUri"] = "the account's name says it",
    };

    // What the Functions host reads without that a file of ours names it; each is documented by it.
    private static readonly Dictionary<string, string> OfTheHost = new(StringComparer.Ordinal)
    {
        ["AzureFunctionsWebHost__hostid"] = "its locks and queues",
        ["AzureWebJobsStorage__credential"] = "that its storage is reached by a managed identity",
        ["AzureWebJobsSecretStorageType"] = "where its keys are kept",
    };

    [Fact]
    public void App_ReadsNothing_ThatTheTemplateCannotPass()
    {
        var passed = TemplateSettings.Choosable.Concat(TemplateSettings.Fixed);

        var missing = AppSources.ReadSettings().Except(passed).Except(NotPassed.Keys).ToArray();
        Assert.True(missing.Length == 0, $"The type appSettings of infra/modules/settings.bicep lacks settings of the app: {string.Join(", ", missing)}");
    }

    [Fact]
    public void Template_LetsNothingBeChosen_ThatTheAppDoesNotRead() =>
        Assert.Empty(TemplateSettings.Choosable.Except(AppSources.ReadSettings()));

    [Fact]
    public void Template_PassesNothing_ThatNobodyReads()
    {
        var hostJson = InfraPaths.Read("host.scheduler.json");

        var unread = TemplateSettings.Fixed.Except(AppSources.ReadSettings()).Except(OfTheHost.Keys).Where(name =>
            !hostJson.Contains($"\"%{name}%\"", StringComparison.Ordinal)
            && !hostJson.Contains($"\"{name}\"", StringComparison.Ordinal)
            && !HostJson.HasPath(hostJson, name));
        Assert.Empty(unread);
    }

    [Fact]
    public void Exceptions_AreStillNeeded()
    {
        var read = AppSources.ReadSettings();

        Assert.Empty(NotPassed.Keys.Except(read));
        Assert.Empty(NotPassed.Keys.Intersect(TemplateSettings.Choosable.Concat(TemplateSettings.Fixed)));
        Assert.Empty(OfTheHost.Keys.Except(TemplateSettings.Fixed));
    }

    [Fact]
    public void Sources_AreReadAtAll()
    {
        Assert.Superset(
            new HashSet<string>(["Pipeline__Default", "Retention__HistoryDays", "Limits__MaximumPixels", "Onnx__MaximumBatch", "AzureWebJobsStorage__clientId"]),
            AppSources.ReadSettings());
        Assert.Superset(new HashSet<string>(["TASKHUB_NAME", "AzureWebJobsSecretStorageType"]), TemplateSettings.Fixed);
        Assert.NotEmpty(TemplateSettings.Choosable);
    }

    [Fact]
    public void Chosen_AreSettingsOfTheApp() =>
        Assert.All(TemplateSettings.Chosen, group => Assert.Empty(group.Value.Keys.Except(TemplateSettings.Choosable)));

    [Fact]
    public void Chosen_Values_CanBeUsed()
    {
        Assert.Equal(["both", "encoders.cpu", "encoders.gpu", "jobs"], TemplateSettings.Chosen.Keys.Order(StringComparer.Ordinal));
        foreach (var group in TemplateSettings.Chosen.Values)
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(
                group.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value))).Build();
            OnnxOptionsReader.Read(configuration.GetSection("Onnx"));
            (configuration.GetSection("Retention").Get<RetentionOptions>() ?? new RetentionOptions()).Validate();
            Assert.NotNull(configuration.GetSection("Limits").Get<InputLimits>() ?? new InputLimits());
        }
    }

    [Fact]
    public void Chosen_Pipeline_IsInTheModelRepository()
    {
        var pipeline = TemplateSettings.Chosen["both"]["Pipeline__Default"];

        Assert.True(File.Exists(Path.Combine(TestPaths.Models, pipeline, "pipeline.json")));
    }
}

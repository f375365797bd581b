using System.Globalization;
using System.Text.RegularExpressions;

namespace Multimodal.Infra.Tests.Templates;

/// <summary>The two apps: of which kind, on what, how many, and how they share one task hub.</summary>
public sealed partial class AppTests
{
    private const string App = "Microsoft.App/containerApps";
    private const string Default = "t4";

    [Fact]
    public async Task Jobs_IsAFunctionAppWhoseScaleRulesThePlatformMakes()
    {
        var app = (await Deployment.AppAsync("jobs.bicep")).Single(App);

        Assert.Equal("functionapp", app.TextAt("kind"));
        Assert.False(app.Has("properties.template.scale.rules"));
        Assert.Equal("Consumption", app.TextAt("properties.workloadProfileName"));
    }

    [Fact]
    public async Task Encoders_RunForWaitingActivitiesAlone()
    {
        var app = (await Deployment.AppAsync("encoders.bicep")).Single(App);

        // Of kind functionapp, timers of functions that it does not offer would start a GPU.
        Assert.False(app.Has("kind"));
        var rule = Assert.Single(app.At("properties.template.scale.rules").EnumerateArray());
        Assert.Equal("azure-durabletask-scheduler", rule.TextAt("custom.type"));
        Assert.Equal("Activity", rule.TextAt("custom.metadata.workItemType"));
        Assert.Equal(Assert.Single(app.At("identity.userAssignedIdentities").EnumerateObject()).Name, rule.TextAt("custom.identity"));
        Assert.False(app.Has("properties.configuration.ingress"));
    }

    [Theory]
    [InlineData("jobs.bicep")]
    [InlineData("encoders.bicep")]
    public async Task Apps_ScaleToZeroUnlessToldOtherwise(string file)
    {
        var byDefault = (await Deployment.AppAsync(file)).Single(App).At("properties.template.scale");
        var given = (await Deployment.AppAsync(file, "minimumReplicas = 2", "maximumReplicas = 7", "concurrency = 10")).Single(App).At("properties.template.scale");

        Assert.Equal(0, byDefault.At("minReplicas").GetInt32());
        Assert.Equal(2, given.At("minReplicas").GetInt32());
        Assert.Equal(7, given.At("maxReplicas").GetInt32());
    }

    [Theory]
    [InlineData("cpu", "Consumption", null, 4, "8Gi")]
    [InlineData("t4", "gpu", "Consumption-GPU-NC8as-T4", 8, "56Gi")]
    [InlineData("a100", "gpu", "Consumption-GPU-NC24-A100", 24, "220Gi")]
    public async Task Encoders_Hardware_IsOneThatTheEnvironmentHas(string hardware, string profile, string? type, int cores, string memory)
    {
        var encoders = await EncodersAsync(hardware);
        var environment = (await (hardware == Default ? Deployment.MainAsync() : Deployment.MainAsync($"encoderHardware = '{hardware}'"))).Single("Microsoft.App/managedEnvironments");

        var profiles = environment.At("properties.workloadProfiles").EnumerateArray()
            .ToDictionary(entry => entry.TextAt("name"), entry => entry.TextAt("workloadProfileType"));
        Assert.Equal(profile, encoders.Single(App).TextAt("properties.workloadProfileName"));
        Assert.Equal(type ?? "Consumption", profiles[profile]);
        Assert.Equal(type is null ? 1 : 2, profiles.Count);
        Assert.Equal(cores, encoders.Container().At("resources.cpu").GetInt32());
        Assert.Equal(memory, encoders.Container().TextAt("resources.memory"));
    }

    [Theory]
    [InlineData("t4", 128)]
    [InlineData("cpu", 64)]
    public async Task Encoders_Concurrency_IsTwiceWhatTheEncoderRunsAtOnce(string hardware, int expected)
    {
        var encoders = await EncodersAsync(hardware);

        var variables = encoders.Variables();
        Assert.Equal(
            expected, 2 * Number(variables["Onnx__MaximumBatch"]) * Number(variables["Onnx__ConcurrentRuns"]));
        Assert.Equal(expected, Number(variables["AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions"]));
        Assert.Equal(expected, Number(Rule(encoders).TextAt("custom.metadata.maxConcurrentWorkItemsCount")));
    }

    [Fact]
    public async Task Encoders_GivenConcurrency_IsTaken()
    {
        var encoders = await Deployment.AppAsync("encoders.bicep", "minimumReplicas = 2", "maximumReplicas = 7", "concurrency = 10");

        Assert.Equal("10", encoders.Variables()["AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions"]);
        Assert.Equal("10", Rule(encoders).TextAt("custom.metadata.maxConcurrentWorkItemsCount"));
    }

    [Fact]
    public async Task Apps_ShareOneTaskHubAndOneAccount_ButNoHostId()
    {
        var jobs = (await Deployment.AppAsync("jobs.bicep")).Variables();
        var encoders = await Deployment.AppAsync("encoders.bicep");
        var ofEncoders = encoders.Variables();

        Assert.Equal(jobs["TASKHUB_NAME"], ofEncoders["TASKHUB_NAME"]);
        Assert.Equal(jobs["TASKHUB_NAME"], Rule(encoders).TextAt("custom.metadata.taskhubName"));
        Assert.Equal(jobs["AzureWebJobsStorage__accountName"], ofEncoders["AzureWebJobsStorage__accountName"]);
        Assert.NotEqual(jobs["AzureFunctionsWebHost__hostid"], ofEncoders["AzureFunctionsWebHost__hostid"]);
        Assert.All(
            (string[])[jobs["AzureFunctionsWebHost__hostid"], ofEncoders["AzureFunctionsWebHost__hostid"]],
            id => Assert.Matches("^[a-z0-9](-?[a-z0-9]){0,31}$", id));
        Assert.Equal(
            NameOf(await Deployment.MainAsync(), "Microsoft.DurableTask/schedulers/taskHubs"), jobs["TASKHUB_NAME"]);
    }

    [Fact]
    public async Task Jobs_AnswersOverTlsAlone_OnThePortOfTheImage()
    {
        var jobs = await Deployment.AppAsync("jobs.bicep");

        var ingress = jobs.Single(App).At("properties.configuration.ingress");
        var port = ingress.At("targetPort").GetInt32();
        Assert.True(ingress.At("external").GetBoolean());
        Assert.False(ingress.At("allowInsecure").GetBoolean());
        Assert.Contains($"ASPNETCORE_URLS=http://+:{port}", InfraPaths.Read("infra", "images", "Dockerfile"), StringComparison.Ordinal);
        Assert.All(jobs.Container().GetProperty("probes").EnumerateArray(), probe => Assert.Equal(port, probe.At("httpGet.port").GetInt32()));
    }

    [Theory]
    [InlineData("jobs.bicep")]
    [InlineData("encoders.bicep")]
    public async Task Probes_AskRoutesThatNeedNoKey(string file)
    {
        var anonymous = AnonymousRoute().Matches(InfraPaths.Read("src", "Multimodal.Functions", "Http", "HealthFunctions.cs"))
            .Select(match => $"/api/{match.Groups["route"].Value}");

        var asked = (await Deployment.AppAsync(file)).Container().GetProperty("probes").EnumerateArray().Select(probe => probe.TextAt("httpGet.path"));
        Assert.NotEmpty(asked);
        Assert.Subset(anonymous.ToHashSet(), asked.ToHashSet());
    }

    [Theory]
    [InlineData("jobs.bicep")]
    [InlineData("encoders.bicep")]
    public async Task Apps_GetTheImageThatWasBuilt(string file) =>
        Assert.Equal("registry.example/app:1", (await Deployment.AppAsync(file)).Container().TextAt("image"));

    private static Task<Deployment> EncodersAsync(string hardware) =>
        hardware == Default ? Deployment.AppAsync("encoders.bicep") : Deployment.AppAsync("encoders.bicep", $"hardware = '{hardware}'");

    private static System.Text.Json.JsonElement Rule(Deployment deployment) =>
        Assert.Single(deployment.Single(App).At("properties.template.scale.rules").EnumerateArray());

    private static string NameOf(Deployment deployment, string type) => deployment.Single(type).TextAt("name").Split('/')[^1];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex("""AuthorizationLevel\.Anonymous, "get", Route = "(?<route>[^"]+)"\)""")]
    private static partial Regex AnonymousRoute();
}

using System.Text.Json;
using Multimodal.Infra.Tests.Templates;

namespace Multimodal.Infra.Tests.Settings;

/// <summary>Every function of the app is offered by one of the two apps, and by which one is no accident.</summary>
public sealed class FunctionTests
{
    private const string Prefix = "AzureWebJobs_";
    private const string Suffix = "_Disabled";

    [Fact]
    public void Lists_HoldEveryFunctionOnce()
    {
        var listed = Lists().Values.SelectMany(names => names).ToArray();
        var functions = AppSources.Functions();

        var missing = functions.Except(listed).ToArray();
        Assert.True(missing.Length == 0, $"infra/functions.json says of these functions not which app offers them: {string.Join(", ", missing)}");
        Assert.Equal(functions, listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Encoders_AreTheActivitiesThatEncode() => Assert.Equal(AppSources.EncoderActivities(), Lists()["encoders"].Order(StringComparer.Ordinal));

    [Fact]
    public void Both_AnswerForTheirHealth() => Assert.Equal(AppSources.AnonymousFunctions(), Lists()["both"].Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("jobs.bicep", "encoders")]
    [InlineData("encoders.bicep", "jobs")]
    public async Task Apps_LeaveOutWhatTheOtherOffers(string template, string others)
    {
        var disabled = (await Deployment.AppAsync(template)).Variables()
            .Where(variable => variable.Key.StartsWith(Prefix, StringComparison.Ordinal) && variable.Key.EndsWith(Suffix, StringComparison.Ordinal))
            .ToArray();

        Assert.All(disabled, variable => Assert.Equal("true", variable.Value));
        Assert.Equal(
            Lists()[others].Order(StringComparer.Ordinal),
            disabled.Select(variable => variable.Key[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Hub_GivesWorkToThoseWhoOfferIt()
    {
        using var hostJson = JsonDocument.Parse(InfraPaths.Read("host.scheduler.json"));

        Assert.True(hostJson.RootElement.At("extensions.durableTask.storageProvider.workItemFilteringEnabled").GetBoolean());
    }

    private static Dictionary<string, string[]> Lists() =>
        JsonSerializer.Deserialize<Dictionary<string, string[]>>(InfraPaths.Read("infra", "functions.json"))!;
}

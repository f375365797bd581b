using System.Text.Json;
using System.Text.RegularExpressions;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Infra.Tests.Templates;

/// <summary>Every upload is told to the one blob trigger that it is for.</summary>
public sealed partial class EventTests
{
    [Fact]
    public async Task Subscriptions_CallTheBlobTriggersOfTheApp()
    {
        var triggers = BlobTrigger().Matches(InfraPaths.Read("src", "Multimodal.Functions", "Uploads", "UploadFunctions.cs"))
            .Select(match => match.Groups["name"].Value);

        var called = (await SubscriptionsAsync()).Select(subscription =>
            CalledFunction().Match(subscription.TextAt("properties.destination.properties.endpointUrl").Replace("{1}", NameIn(subscription), StringComparison.Ordinal))
                .Groups["name"].Value);
        Assert.Equal(triggers.Order(StringComparer.Ordinal), called.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Subscriptions_AreOfNewUploads_ByTls12()
    {
        Assert.All(await SubscriptionsAsync(), subscription =>
        {
            Assert.Equal($"/blobServices/default/containers/{Containers.Uploads}/blobs/", subscription.TextAt("properties.filter.subjectBeginsWith"));
            Assert.Equal(["Microsoft.Storage.BlobCreated"], subscription.TextsAt("properties.filter.includedEventTypes"));
            Assert.Equal("WebHook", subscription.TextAt("properties.destination.endpointType"));
            Assert.Equal("1.2", subscription.TextAt("properties.destination.properties.minimumTlsVersionAllowed"));
            Assert.Contains("https://", subscription.TextAt("properties.destination.properties.endpointUrl"), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("photo.jpg", "preprocessupload")]
    [InlineData("job.json", "startjob")]
    [InlineData("not-job.json", "preprocessupload")]
    public async Task Filters_LetAnUploadThroughOnce(string file, string expected)
    {
        var subject = $"/blobServices/default/containers/{Containers.Uploads}/blobs/my-job/{file}";

        var told = (await SubscriptionsAsync()).Where(subscription => subscription.At("properties.filter.advancedFilters").EnumerateArray().All(filter => Passes(filter, subject)));
        Assert.Equal(expected, Assert.Single(told).TextAt("name").Split('/')[^1]);
    }

    [Fact]
    public void ManifestName_IsWhatTheFiltersSay() => Assert.Equal("job.json", InputName.Manifest);

    private static bool Passes(JsonElement filter, string subject)
    {
        Assert.Equal("subject", filter.TextAt("key"));
        var ends = filter.TextsAt("values").Any(value => subject.EndsWith(value, StringComparison.OrdinalIgnoreCase));
        return filter.TextAt("operatorType") switch
        {
            "StringEndsWith" => ends,
            "StringNotEndsWith" => !ends,
            var other => throw new NotSupportedException(other),
        };
    }

    private static async Task<IReadOnlyList<JsonElement>> SubscriptionsAsync() =>
        (await Deployment.AppAsync("jobs.bicep")).OfType("Microsoft.EventGrid/systemTopics/eventSubscriptions");

    // The address is a format string, for part of it is secret; the function's name is its second argument.
    private static string NameIn(JsonElement subscription) =>
        SecondArgument().Match(subscription.TextAt("properties.destination.properties.endpointUrl")).Groups["name"].Value;

    [GeneratedRegex(@"\[Function\(nameof\((?<name>\w+)\)\)\]\s+public [^(]+\(\s*\[BlobTrigger\(")]
    private static partial Regex BlobTrigger();

    [GeneratedRegex(@"functionName=Host\.Functions\.(?<name>\w+)&")]
    private static partial Regex CalledFunction();

    [GeneratedRegex(@"'(?<name>[A-Z]\w+)', parameters\(|fqdn, '(?<name>[A-Z]\w+)'")]
    private static partial Regex SecondArgument();
}

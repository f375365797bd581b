using System.Text.RegularExpressions;
using Multimodal.Testing;

namespace Multimodal.Infra.Tests.Templates;

/// <summary>What alerts look for is what the app writes.</summary>
public sealed partial class AlertTests
{
    [Fact]
    public async Task Queries_LookForWordsOfTheLog()
    {
        var log = LogTemplates();

        var phrases = (await QueriesAsync()).SelectMany(query => Phrase().Matches(query)).Select(match => match.Groups["words"].Value).ToArray();
        Assert.NotEmpty(phrases);
        Assert.All(phrases, phrase => Assert.Contains(log, template => template.Contains(phrase, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task OldestJob_ReadsJobAndRevisionFromTheMessage()
    {
        var message = LogTemplates().Single(template => template.Contains("was open for long", StringComparison.Ordinal))
            .Replace("{JobId}", "my-job", StringComparison.Ordinal).Replace("{Revision}", "12", StringComparison.Ordinal);

        var patterns = (await QueriesAsync()).SelectMany(query => Extraction().Matches(query))
            .Select(match => match.Groups["pattern"].Value.Replace(@"\\", @"\", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["my-job", "12"], patterns.Select(pattern => Regex.Match(message, pattern).Groups[1].Value));
    }

    [Fact]
    public async Task NoContact_NobodyIsTold_AndThereIsNoBudget()
    {
        var main = await Deployment.MainAsync();

        Assert.Empty(main.OfType("Microsoft.Insights/actionGroups"));
        Assert.Empty(main.OfType("Microsoft.Consumption/budgets"));
        Assert.All(
            main.OfType("Microsoft.Insights/scheduledQueryRules"),
            rule => Assert.Equal(0, rule.At("properties.actions.actionGroups").GetArrayLength()));
    }

    [Fact]
    public async Task Contact_IsToldOfAlertsAndOfTheBudget()
    {
        var main = await Deployment.FullAsync();

        var group = main.Single("Microsoft.Insights/actionGroups");
        Assert.Equal("ops@example.org", Assert.Single(group.At("properties.emailReceivers").EnumerateArray()).TextAt("emailAddress"));
        Assert.All(
            main.OfType("Microsoft.Insights/scheduledQueryRules"),
            rule => Assert.Equal([group.TextAt("id")], rule.TextsAt("properties.actions.actionGroups")));
        Assert.Equal(100, main.Single("Microsoft.Consumption/budgets").At("properties.amount").GetInt32());
    }

    private static string[] LogTemplates() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(TestPaths.Repository, "src"), "Log.cs", SearchOption.AllDirectories)
            .SelectMany(file => Template().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["text"].Value),
    ];

    private static async Task<string[]> QueriesAsync() =>
    [
        .. (await Deployment.MainAsync()).OfType("Microsoft.Insights/scheduledQueryRules")
            .SelectMany(rule => rule.At("properties.criteria.allOf").EnumerateArray())
            .Select(criterion => criterion.TextAt("query")),
    ];

    [GeneratedRegex("""LoggerMessage\(\d+, LogLevel\.\w+, "(?<text>[^"]*)"\)""")]
    private static partial Regex Template();

    [GeneratedRegex("Message has \"(?<words>[^\"]+)\"")]
    private static partial Regex Phrase();

    [GeneratedRegex("extract\\(@\"(?<pattern>[^\"]+)\"")]
    private static partial Regex Extraction();
}

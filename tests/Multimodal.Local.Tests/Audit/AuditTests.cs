using System.Text.Json.Nodes;
using Multimodal.Testing;
using Multimodal.Trials.Audit;

namespace Multimodal.Local.Tests.Audit;

/// <summary>The audit of packages: its exceptions, and what it makes of what feeds report.</summary>
public sealed class AuditTests
{
    private const string Advisory = "https://github.com/advisories/GHSA-5crp-9r3c-p9vr";

    private static readonly DateOnly Today = new(2026, 11, 26);

    // As `dotnet list package --vulnerable --include-transitive --format json` of SDK 10.0 has it; the members are those of its output version 1.
    private const string Reported = """
        {
          "version": 1,
          "parameters": "--vulnerable --include-transitive",
          "sources": ["https://example.test/v3/index.json"],
          "projects": [
            { "path": "/src/Clean/Clean.csproj" },
            {
              "path": "/src/Host/Host.csproj",
              "frameworks": [
                {
                  "framework": "net10.0",
                  "topLevelPackages": [
                    {
                      "id": "Newtonsoft.Json", "requestedVersion": "12.0.3", "resolvedVersion": "12.0.3",
                      "vulnerabilities": [{ "severity": "High", "advisoryurl": "https://github.com/advisories/GHSA-5crp-9r3c-p9vr" }]
                    }
                  ],
                  "transitivePackages": [
                    {
                      "id": "Some.Package", "resolvedVersion": "1.0.0",
                      "vulnerabilities": [
                        { "severity": "Low", "advisoryurl": "https://github.com/advisories/GHSA-aaaa-bbbb-cccc" },
                        { "severity": "Critical", "advisoryurl": "https://github.com/advisories/GHSA-dddd-eeee-ffff" }
                      ]
                    }
                  ]
                }
              ]
            },
            {
              "path": "/tests/Host.Tests/Host.Tests.csproj",
              "frameworks": [
                {
                  "framework": "net10.0",
                  "transitivePackages": [
                    {
                      "id": "Newtonsoft.Json", "resolvedVersion": "12.0.3",
                      "vulnerabilities": [{ "severity": "High", "advisoryurl": "https://github.com/advisories/GHSA-5crp-9r3c-p9vr" }]
                    }
                  ]
                }
              ]
            }
          ]
        }
        """;

    [Fact]
    public void Exceptions_OfThisRepository_HaveNotExpired()
    {
        var exceptions = AuditExceptions.Read(File.ReadAllText(Path.Combine(TestPaths.Repository, AuditExceptions.FileName)));

        var faults = AuditExceptions.FindFaults(exceptions, DateOnly.FromDateTime(DateTime.UtcNow));
        Assert.True(faults.Count == 0, string.Join(" ", faults));
    }

    [Fact]
    public void Read_Report_HasEachVulnerabilityOnceWithItsProjects()
    {
        var found = VulnerabilityReport.Read(Reported);

        Assert.Equal(3, found.Count);
        Assert.Equal(("Newtonsoft.Json", "12.0.3", "High", Advisory), (found[0].Package, found[0].Version, found[0].Severity, found[0].Advisory));
        Assert.Equal(["Host", "Host.Tests"], found[0].Projects);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"version\":2,\"parameters\":\"--vulnerable\",\"projects\":[]}")]
    [InlineData("{\"version\":1,\"parameters\":\"\",\"projects\":[]}")]
    [InlineData("{\"version\":1,\"parameters\":\"--vulnerable\",\"problems\":[{\"level\":\"error\",\"text\":\"No assets file was found.\"}]}")]
    public void Read_NoReport_IsRefused(string text) => Assert.Throws<FormatException>(() => VulnerabilityReport.Read(text));

    [Fact]
    public void ExitCode_FeedWithoutAList_IsNoCleanBill()
    {
        var trial = new AuditTrial([], [], [], Today);

        Assert.Equal(AuditTrial.NothingKnown, trial.ExitCode);
        Assert.Contains("nothing was audited", Assert.Single(trial.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public void ExitCode_Vulnerability_FailsUnlessItIsExcepted()
    {
        var found = VulnerabilityReport.Read(Reported);
        AuditException[] exceptions = [.. found.Select(one => Exception(one.Advisory, one.Package, Today))];

        Assert.Equal(AuditTrial.Vulnerable, new AuditTrial(found, found, [], Today).ExitCode);
        Assert.Equal(AuditTrial.Vulnerable, new AuditTrial(found, found, exceptions[1..], Today).ExitCode);
        Assert.Equal(AuditTrial.Vulnerable, new AuditTrial(found, found, [.. exceptions.Select(one => one with { Package = "Other" })], Today).ExitCode);
        Assert.Equal(AuditTrial.Clean, new AuditTrial(found, found, exceptions, Today).ExitCode);
        Assert.Equal(AuditTrial.Clean, new AuditTrial(found, [], [], Today).ExitCode);
    }

    [Theory]
    [InlineData(-1, "expired on 2026-11-25")]
    [InlineData(185, "at most 184 days")]
    public void ExitCode_ExceptionExpiredOrTooLong_Fails(int days, string message)
    {
        var trial = new AuditTrial(VulnerabilityReport.Read(Reported), [], [Exception(Advisory, "Newtonsoft.Json", Today.AddDays(days))], Today);

        Assert.Equal(AuditTrial.Vulnerable, trial.ExitCode);
        Assert.Contains(message, Assert.Single(trial.Lines()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Package=\"P\" Reason=\"A reason that says enough.\" Expires=\"2027-01-01\"", "lacks Include")]
    [InlineData("Include=\"GHSA-1\" Package=\"P\" Reason=\"A reason that says enough.\" Expires=\"2027-01-01\"", "no address")]
    [InlineData("Include=\"https://a.test/1\" Reason=\"A reason that says enough.\" Expires=\"2027-01-01\"", "lacks Package")]
    [InlineData("Include=\"https://a.test/1\" Package=\"P\" Reason=\"later\" Expires=\"2027-01-01\"", "says too little")]
    [InlineData("Include=\"https://a.test/1\" Package=\"P\" Reason=\"A reason that says enough.\" Expires=\"soon\"", "must be a day")]
    public void Read_ExceptionThatLacksSomething_IsRefused(string attributes, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<FormatException>(() => AuditExceptions.Read($"<Project><ItemGroup><NuGetAuditSuppress {attributes} /></ItemGroup></Project>")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_WholeException_IsTaken() => Assert.Equal(
        new AuditException("https://a.test/1", "P", "A reason that says enough.", new DateOnly(2027, 1, 1)),
        Assert.Single(AuditExceptions.Read("<Project><ItemGroup><NuGetAuditSuppress Include=\"https://a.test/1\" Package=\"P\" Reason=\"A reason that says enough.\" Expires=\"2027-01-01\" /></ItemGroup></Project>")));

    [Fact]
    public void Tools_OfTheRepository_ArePinned()
    {
        var tools = JsonNode.Parse(File.ReadAllText(Path.Combine(TestPaths.Repository, ".config", "dotnet-tools.json")))!["tools"]!.AsObject();

        Assert.Equal(["cyclonedx"], tools.Select(tool => tool.Key));
        Assert.All(tools, tool => Assert.Matches("^[0-9]+(\\.[0-9]+){2}$", (string?)tool.Value!["version"]));
    }

    private static AuditException Exception(string advisory, string package, DateOnly expires) => new(advisory, package, "A reason that says enough.", expires);
}

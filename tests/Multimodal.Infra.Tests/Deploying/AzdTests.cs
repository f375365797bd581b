using System.Text.Json;
using System.Text.RegularExpressions;
using Multimodal.Infra.Tests.Images;
using Multimodal.Testing;

namespace Multimodal.Infra.Tests.Deploying;

/// <summary><c>azure.yaml</c>, the parameters and the templates agree on files, names and defaults.</summary>
public sealed partial class AzdTests
{
    // What azd itself sets for every environment.
    private static readonly string[] OfAzd = ["AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID", "AZURE_PRINCIPAL_TYPE", "AZURE_SUBSCRIPTION_ID"];

    private static readonly object Project = Yaml.Read("azure.yaml");

    public static TheoryData<string> Services => [.. Project.MapAt("services").Keys];

    [Fact]
    public void Infra_IsThere()
    {
        var folder = Path.Combine(TestPaths.Repository, Project.TextAt("infra", "path"));
        var module = Project.TextAt("infra", "module");

        Assert.True(File.Exists(Path.Combine(folder, $"{module}.bicep")));
        Assert.True(File.Exists(Path.Combine(folder, $"{module}.parameters.json")));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_HasATemplateParametersAndADockerfile(string service)
    {
        var settings = Project.At("services", service);

        var module = settings.TextAt("module");
        Assert.Equal("containerapp", settings.TextAt("host"));
        Assert.True(File.Exists(Path.Combine(InfraPaths.Infra, $"{module}.bicep")));
        Assert.True(File.Exists(Path.Combine(InfraPaths.Infra, $"{module}.bicepparam")));
        Assert.Equal(InfraPaths.Dockerfile, Path.GetFullPath(Path.Combine(TestPaths.Repository, settings.TextAt("docker", "path"))));
        Assert.Contains($"'azd-service-name': '{service}'", InfraPaths.Read("infra", $"{module}.bicep"), StringComparison.Ordinal);
        Assert.Contains(
            $"param image = readEnvironmentVariable('SERVICE_{service.ToUpperInvariant()}_IMAGE_NAME')",
            InfraPaths.Read("infra", $"{module}.bicepparam"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Service_BuildArguments_AreThoseOfTheDockerfile(string service)
    {
        var dockerfile = Dockerfile.Read();

        Assert.All(Project.ListAt("services", service, "docker", "buildArgs").Cast<string>().Select(argument => argument.Split('=', 2)), argument =>
        {
            Assert.Contains(argument[0], dockerfile.Arguments.Keys);
            if (argument[0] == "IMAGE")
            {
                Assert.NotNull(dockerfile.Find(DefaultOf(argument[1])));
            }
        });
    }

    [Fact]
    public void EncoderHardware_Allowed_AreStagesOfTheDockerfile()
    {
        var dockerfile = Dockerfile.Read();

        var allowed = Allowed().Match(InfraPaths.Read("infra", "encoders.bicep")).Groups["values"].Value.Split(',').Select(value => value.Trim(' ', '\''));
        Assert.Equal(["cpu", "t4", "a100"], allowed);
        Assert.All(allowed, hardware => Assert.NotNull(dockerfile.Find(hardware)));
        Assert.All((string[])["main.bicep", "modules/environment.bicep"], file =>
            Assert.Contains("@allowed(['cpu', 't4', 'a100'])\nparam encoderHardware", InfraPaths.Read("infra", file).ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    [Fact]
    public void Variables_HaveOneDefaultEverywhere()
    {
        var defaults = Texts().SelectMany(text => Substitution().Matches(text).Concat(ReadVariable().Matches(text)))
            .Where(match => match.Groups["value"].Success)
            .GroupBy(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);

        Assert.Contains(defaults, group => group.Key == "ENCODER_HARDWARE" && group.Count() > 1);
        Assert.All(defaults, group => Assert.True(group.Distinct().Count() == 1, $"{group.Key} has more than one default: {string.Join(", ", group)}"));
    }

    [Fact]
    public void Variables_WithoutADefault_AreSetBySomebody()
    {
        var outputs = Output().Matches(InfraPaths.Read("infra", "main.bicep")).Select(match => match.Groups["name"].Value);
        var images = Project.MapAt("services").Keys.Select(service => $"SERVICE_{service.ToUpperInvariant()}_IMAGE_NAME");
        // Empty means that there is none.
        string[] optional = ["CONTACT"];

        var needed = Texts().SelectMany(text => Substitution().Matches(text).Concat(ReadVariable().Matches(text)))
            .Where(match => !match.Groups["value"].Success).Select(match => match.Groups["name"].Value).Distinct();
        Assert.Empty(needed.Except(outputs).Except(images).Except(OfAzd).Except(optional));
    }

    [Fact]
    public void MainParameters_AreThoseOfTheTemplate()
    {
        using var parameters = JsonDocument.Parse(InfraPaths.Read("infra", "main.parameters.json"));
        var template = Parameter().Matches(InfraPaths.Read("infra", "main.bicep")).ToDictionary(match => match.Groups["name"].Value, match => match.Groups["default"].Success);

        var given = parameters.RootElement.GetProperty("parameters").EnumerateObject().Select(parameter => parameter.Name).ToArray();
        Assert.Empty(given.Except(template.Keys));
        Assert.Empty(template.Where(parameter => !parameter.Value).Select(parameter => parameter.Key).Except(given));
    }

    [Fact]
    public void HostKeys_AreReadAgainUnderTheNamesOfTheVault()
    {
        var vault = InfraPaths.Read("infra", "modules", "vault.bicep");

        var asked = Secret().Matches(InfraPaths.Read("infra", "main.parameters.json")).Select(match => match.Groups["name"].Value).ToArray();
        Assert.Equal(4, asked.Length);
        Assert.All(asked, name => Assert.Contains($"name: '{name}'", vault, StringComparison.Ordinal));
    }

    [Fact]
    public void Page_NamesVariablesThatAreRead()
    {
        var known = Texts().SelectMany(text => Substitution().Matches(text).Concat(ReadVariable().Matches(text))).Select(match => match.Groups["name"].Value).ToHashSet();

        var named = SetCommand().Matches(InfraPaths.Read("infra", "README.md")).Select(match => match.Groups["name"].Value).ToArray();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(known));
    }

    [Fact]
    public void Page_TellsOfEveryOption()
    {
        var options = Texts().SelectMany(text => Substitution().Matches(text).Concat(ReadVariable().Matches(text)))
            .Where(match => match.Groups["value"].Success).Select(match => match.Groups["name"].Value).Append("CONTACT").Distinct().Except(OfAzd);

        var table = InfraPaths.Read("infra", "README.md").Split("## Options")[1].Split("## ")[0].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => Quoted().Matches(line.Split('|')[1])).Select(match => match.Groups["name"].Value);
        Assert.Equal(options.Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Texts() =>
        ((string[])["azure.yaml", "infra/main.parameters.json", "infra/jobs.bicepparam", "infra/encoders.bicepparam"]).Select(file => InfraPaths.Read(file));

    private static string DefaultOf(string value) => Substitution().Match(value) is { Success: true } match ? match.Groups["value"].Value : value;

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)(?:=(?<value>[^}]*))?\}")]
    private static partial Regex Substitution();

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>[A-Z_]+)'(?:, '(?<value>[^']*)')?\)")]
    private static partial Regex ReadVariable();

    [GeneratedRegex(@"@allowed\(\[(?<values>[^\]]*)\]\)\s+param hardware")]
    private static partial Regex Allowed();

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline)]
    private static partial Regex Output();

    [GeneratedRegex(@"^param (?<name>\w+) \w+(?<default> = .+)?$", RegexOptions.Multiline)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"secretOrRandomPassword \$\{AZURE_KEY_VAULT_NAME\} (?<name>[\w-]+)\)")]
    private static partial Regex Secret();

    [GeneratedRegex("`(?<name>[A-Z_]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"azd env set (?<name>[A-Z_]+)")]
    private static partial Regex SetCommand();
}

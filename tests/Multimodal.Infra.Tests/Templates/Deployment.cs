using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Multimodal.Infra.Tests.Templates;

/// <summary>
/// What a template would deploy with given parameters, as the compiler predicts it: every resource with its values, but for those that
/// only Azure can know, which stand as expressions.
/// </summary>
internal sealed partial class Deployment
{
    /// <summary>Who deploys in <see cref="FullAsync"/>.</summary>
    public const string Deployer = "00000000-0000-0000-0000-0000000000dd";

    private static readonly ConcurrentDictionary<string, Lazy<Task<Deployment>>> Known = new(StringComparer.Ordinal);

    private readonly JsonElement _root;

    private Deployment(JsonElement root) => _root = root;

    public IReadOnlyList<JsonElement> Resources => [.. _root.GetProperty("predictedResources").EnumerateArray()];

    /// <summary><c>main.bicep</c> with what it has no defaults for.</summary>
    public static Task<Deployment> MainAsync(params string[] parameters) => GetAsync(
        "main.bicep",
        [
            "environmentName = 'test'", "location = 'swedencentral'", "hostMasterKey = 'a-master-key-of-a-test'",
            "hostFunctionKey = 'a-function-key-of-a-test'", "hostBlobsKey = 'a-blobs-key-of-a-test'",
            "hostDurableKey = 'a-durable-key-of-a-test'", .. parameters,
        ]);

    /// <summary><c>main.bicep</c> with every option that is off by default.</summary>
    public static Task<Deployment> FullAsync() => MainAsync(
        "privateNetwork = true", "addressPrefix = '10.1.2.0/24'", "customerManagedKey = true", "softDeleteDays = 0", "resultDays = 400",
        "schedulerSku = 'Dedicated'", "schedulerCapacity = 2", "contact = 'ops@example.org'", "budget = 100", "budgetStart = '2027-01-01'",
        $"principalId = '{Deployer}'");

    /// <summary><c>jobs.bicep</c> or <c>encoders.bicep</c> with what it has no defaults for.</summary>
    public static Task<Deployment> AppAsync(string template, params string[] parameters) => GetAsync(
        template,
        ["location = 'swedencentral'", "environmentName = 'test'", "token = 'abcdefghijklm'", "image = 'registry.example/app:1'", .. parameters]);

    public JsonElement Single(string type) => Assert.Single(OfType(type));

    public IReadOnlyList<JsonElement> OfType(string type) => [.. Resources.Where(resource => resource.GetProperty("type").GetString() == type)];

    /// <summary>The only container of the only app.</summary>
    public JsonElement Container() => Assert.Single(
        Single("Microsoft.App/containerApps").At("properties.template.containers").EnumerateArray());

    /// <summary>The variables of that container.</summary>
    public IReadOnlyDictionary<string, string> Variables() => Container().GetProperty("env").EnumerateArray()
        .ToDictionary(variable => variable.GetProperty("name").GetString()!, variable => variable.GetProperty("value").GetString()!, StringComparer.Ordinal);

    private static Task<Deployment> GetAsync(string template, IReadOnlyList<string> parameters) =>
        Known.GetOrAdd($"{template}\n{string.Join('\n', parameters)}", _ => new Lazy<Task<Deployment>>(() => PredictAsync(template, parameters))).Value;

    private static async Task<Deployment> PredictAsync(string template, IReadOnlyList<string> parameters)
    {
        // Beside the templates, whose paths must be relative; a name of its own, so that runs do not meet.
        var name = $"test-{Guid.NewGuid():n}";
        var folder = Directory.CreateTempSubdirectory("multimodal-infra-");
        try
        {
            var file = Path.Combine(folder.FullName, $"{name}.bicepparam");
            var path = Path.GetRelativePath(folder.FullName, Path.Combine(InfraPaths.Infra, template)).Replace('\\', '/');
            await File.WriteAllLinesAsync(file, [$"using '{path}'", .. parameters.Select(parameter => $"param {parameter}")]);
            var run = await BicepTool.RunAsync(
                folder.FullName,
                new Dictionary<string, string>(),
                [
                    "snapshot", file, "--subscription-id", "00000000-0000-0000-0000-000000000001",
                    "--tenant-id", "00000000-0000-0000-0000-000000000002", "--location", "swedencentral",
                    .. template == "main.bicep" ? (string[])[] : ["--resource-group", "rg-test"],
                ]);
            Assert.True(run.ExitCode == 0, run.Errors);
            Assert.DoesNotMatch(Complaint(), run.Errors);
            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, $"{name}.snapshot.json")));
            Assert.Empty(document.RootElement.GetProperty("diagnostics").EnumerateArray());
            return new Deployment(document.RootElement.Clone());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex(@"\) : (Warning|Error) ")]
    private static partial Regex Complaint();
}

using System.Text.RegularExpressions;
using Multimodal.Onnx;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Flow;
using Multimodal.Orchestration.Retention;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Privacy.Settings;
using Multimodal.Storage.Azure.Encryption;

namespace Multimodal.Infra.Tests.Settings;

/// <summary>
/// What the Functions app reads and offers, told from its sources: its packages are not on every feed, so that tests here cannot run it.
/// What is read in a way that is not known here makes a test fail, lest a setting slip by.
/// </summary>
internal static partial class AppSources
{
    // Types that the configuration is bound to as a whole.
    private static readonly Type[] Bound = [typeof(InputLimits), typeof(RetentionOptions), typeof(EncryptionOptions)];

    private static readonly string[] Files = [.. Directory.EnumerateFiles(InfraPaths.Functions, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>Every setting that the app reads, as a variable is named.</summary>
    public static SortedSet<string> ReadSettings()
    {
        var constants = Constants();
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            var text = File.ReadAllText(file);
            var type = Path.GetFileNameWithoutExtension(file);
            var known = new List<Match>();
            known.AddRange(Collect(Indexed(), text, match => keys.Add(Name(Resolve(match, type, constants)))));
            known.AddRange(Collect(Value(), text, match => keys.Add(Name(Resolve(match, type, constants)))));
            known.AddRange(Collect(BoundSection(), text, match => keys.UnionWith(PropertiesOf(match.Groups["section"].Value, match.Groups["type"].Value))));
            known.AddRange(Collect(ReaderSection(), text, match => keys.UnionWith(ReaderKeys(match.Groups["reader"].Value, match.Groups["section"].Value))));
            known.AddRange(Collect(StorageSection(), text, _ => { }));
            known.AddRange(Collect(WithinSection(), text, match => keys.Add($"{Name(constants[$"{type}.StorageConnection"])}__{match.Groups["key"].Value}")));

            var unknown = Access().Matches(text).Where(access => !known.Any(match => match.Index <= access.Index && access.Index < match.Index + match.Length));
            Assert.True(!unknown.Any(), $"A setting is read in a way that this test does not know: {string.Join("; ", unknown.Select(match => match.Value))}");
        }

        return keys;
    }

    /// <summary>The names of the functions.</summary>
    public static SortedSet<string> Functions() => new(
        Files.SelectMany(file => Function().Matches(File.ReadAllText(file))).Select(match => match.Groups["argument"].Value switch
        {
            "JobOrchestration.Name" => JobOrchestration.Name,
            "BatchOrchestration.Name" => BatchOrchestration.Name,
            var argument when NameOf().Match(argument) is { Success: true } name => name.Groups["name"].Value,
            var argument => throw new NotSupportedException($"A function is named in a way that this test does not know: {argument}"),
        }),
        StringComparer.Ordinal);

    /// <summary>The functions that answer without a key.</summary>
    public static SortedSet<string> AnonymousFunctions() => new(
        Files.SelectMany(file => Anonymous().Matches(File.ReadAllText(file))).Select(match => match.Groups["name"].Value), StringComparer.Ordinal);

    /// <summary>The activities of encoders.</summary>
    public static SortedSet<string> EncoderActivities() => new(
        typeof(JobActivities).GetProperties()
            .Where(property => property.PropertyType == typeof(ActivityDefinition<EncodeRequest, EncodeReport>)).Select(property => property.Name),
        StringComparer.Ordinal);

    // By type and name; each type has a file of its name. Those that a build decides on name no setting, so the first will do.
    private static Dictionary<string, string> Constants() => Files
        .SelectMany(file => Constant().Matches(File.ReadAllText(file)).Select(match => KeyValuePair.Create(
            $"{Path.GetFileNameWithoutExtension(file)}.{match.Groups["name"].Value}", match.Groups["value"].Value)))
        .DistinctBy(constant => constant.Key)
        .ToDictionary(StringComparer.Ordinal);

    private static string Resolve(Match match, string type, Dictionary<string, string> constants) =>
        match.Groups["literal"].Success ? match.Groups["literal"].Value
        : match.Groups["constant"].Value is var name && name.Contains('.', StringComparison.Ordinal) ? constants[name]
        : constants[$"{type}.{name}"];

    private static IEnumerable<string> PropertiesOf(string section, string type) =>
        Bound.Single(bound => bound.Name == type).GetProperties().Where(property => property.CanWrite).Select(property => $"{section}__{property.Name}");

    private static IEnumerable<string> ReaderKeys(string reader, string section)
    {
        var recording = new RecordingConfiguration();
        _ = reader == "Onnx" ? (object)OnnxOptionsReader.Read(recording) : MaskingOptionsReader.Read(recording);
        return recording.Asked.Select(key => $"{section}__{key}");
    }

    private static List<Match> Collect(Regex regex, string text, Action<Match> take)
    {
        var matches = regex.Matches(text).ToList();
        matches.ForEach(take);
        return matches;
    }

    private static string Name(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    [GeneratedRegex("""(?:builder\.)?[cC]onfiguration\[(?:"(?<literal>[\w:]+)"|(?<constant>[\w.]+))\]""")]
    private static partial Regex Indexed();

    [GeneratedRegex("""configuration\.GetValue\("(?<literal>[\w:]+)", """)]
    private static partial Regex Value();

    [GeneratedRegex("""configuration\.GetSection\("(?<section>\w+)"\)\.Get<(?<type>\w+)>\(\)""")]
    private static partial Regex BoundSection();

    [GeneratedRegex("""(?<reader>Onnx|Masking)OptionsReader\.Read\(configuration\.GetSection\("(?<section>\w+)"\)\)""")]
    private static partial Regex ReaderSection();

    [GeneratedRegex("""var section = configuration\.GetSection\(StorageConnection\);""")]
    private static partial Regex StorageSection();

    [GeneratedRegex("""section(?:\.GetValue<Uri\?>\(|\[)"(?<key>\w+)"[\])]""")]
    private static partial Regex WithinSection();

    // Any way at all to read a configuration, or a variable behind its back.
    [GeneratedRegex("""(?:[cC]onfiguration|\bsection)(?:\[|\.Get\w+|\.Bind)|GetEnvironmentVariable""")]
    private static partial Regex Access();

    [GeneratedRegex("""const string (?<name>\w+) = "(?<value>[^"]*)";""")]
    private static partial Regex Constant();

    [GeneratedRegex("""\[Function\((?<argument>[^\]]+)\)\]""")]
    private static partial Regex Function();

    [GeneratedRegex("""^nameof\((?:\w+\.)?(?<name>\w+)\)$""")]
    private static partial Regex NameOf();

    [GeneratedRegex("""\[Function\(nameof\((?<name>\w+)\)\)\]\s+public [^(]+\(\s*\[HttpTrigger\(AuthorizationLevel\.Anonymous""")]
    private static partial Regex Anonymous();
}

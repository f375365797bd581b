using Multimodal.Testing;
using YamlDotNet.Serialization;

namespace Multimodal.Infra.Tests.Deploying;

/// <summary>Reads YAML into dictionaries, lists and texts.</summary>
internal static class Yaml
{
    public static object Read(params string[] parts) =>
        new DeserializerBuilder().Build().Deserialize<object>(File.ReadAllText(Path.Combine([TestPaths.Repository, .. parts])));

    /// <summary>The value at a path of keys.</summary>
    public static object At(this object node, params string[] path) =>
        path.Aggregate(node, (value, key) => value is Dictionary<object, object> map && map.TryGetValue(key, out var member)
            ? member
            : throw new KeyNotFoundException($"There is no '{key}' of '{string.Join('.', path)}'."));

    public static bool Has(this object node, string key) => node is Dictionary<object, object> map && map.ContainsKey(key);

    public static string TextAt(this object node, params string[] path) => (string)node.At(path);

    public static IReadOnlyDictionary<string, object> MapAt(this object node, params string[] path) =>
        ((Dictionary<object, object>)node.At(path)).ToDictionary(pair => (string)pair.Key, pair => pair.Value, StringComparer.Ordinal);

    public static IReadOnlyList<object> ListAt(this object node, params string[] path) => (List<object>)node.At(path);
}

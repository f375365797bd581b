using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Testing.HuggingFace;

/// <summary>The small models beside this file, which make.py made.</summary>
public static class SmallModels
{
    /// <summary>The folder of a model.</summary>
    public static string FolderOf(string name) => Path.Combine(TestPaths.Repository, "tests", "Multimodal.Testing", "HuggingFace", name);

    /// <summary>Copies a model's folder, without what make.py says of it.</summary>
    public static string Copy(string name, string target)
    {
        var source = FolderOf(name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != "expected.json"))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    /// <summary>What torch makes of inputs: features, and their embedding.</summary>
    public static IReadOnlyList<(Features Features, float[] Embedding)> Expected(string name, Modality modality)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(FolderOf(name), "expected.json")));
        return
        [
            .. document.RootElement.GetProperty(modality.ToName()).EnumerateArray().Select(item => (
                FeaturesOf(modality, item, name),
                item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray())),
        ];
    }

    /// <summary>Numbers from -1 to 1 that make.py makes by the same formula.</summary>
    public static float[] Numbers(int count, long seed) =>
        [.. Enumerable.Range(0, count).Select(i => (float)((((i * 7919L) + (seed * 104729L)) % 2001 / 1000.0) - 1))];

    private static Features FeaturesOf(Modality modality, JsonElement item, string name)
    {
        if (modality == Modality.Text)
        {
            long[] ids = [.. item.GetProperty("ids").EnumerateArray().Select(id => id.GetInt64())];
            return Of(modality, "input_ids", HostTensor.Create<long>(ids, ids.Length));
        }

        int[] shape = [.. item.GetProperty("shape").EnumerateArray().Select(extent => extent.GetInt32())];
        var values = Numbers(shape.Aggregate(1, (product, extent) => product * extent), item.GetProperty("seed").GetInt64());
        var tensor = modality == Modality.Image ? "pixel_values" : name == "wav2vec2" ? "input_values" : "input_features";
        return Of(modality, tensor, HostTensor.Create<float>(values, shape));
    }

    private static Features Of(Modality modality, string name, HostTensor tensor) =>
        new(modality, new Dictionary<string, HostTensor> { [name] = tensor }, new InputFacts { MediaType = "test/formula" });
}

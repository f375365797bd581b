using System.Text.Json.Nodes;

namespace Multimodal.Testing.Pipelines;

/// <summary>A model repository in a temporary folder with a copy of a pipeline, with a task that keeps jobs or without.</summary>
public sealed class RetrievalModels : IDisposable
{
    private RetrievalModels(string name, bool keeps)
    {
        var (from, to) = (Path.Combine(TestPaths.Models, name), Path.Combine(Root, name));
        var definition = JsonNode.Parse(File.ReadAllText(Path.Combine(from, "pipeline.json")))!;
        foreach (var (file, _) in definition["files"]!.AsObject())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, file))!);
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        }

        var tasks = definition["tasks"]!.AsArray();
        tasks.RemoveAll(task => task!["kind"]!.GetValue<string>() == "retrieval");
        if (keeps)
        {
            tasks.Add(new JsonObject { ["kind"] = "retrieval", ["name"] = "similar" });
        }

        File.WriteAllText(Path.Combine(to, "pipeline.json"), definition.ToJsonString());
    }

    /// <summary>The model repository's folder.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    /// <summary>With the pipeline <c>digits</c>, which keeps jobs or does not.</summary>
    public static RetrievalModels OfDigits(bool keeps = true) => new("digits", keeps);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

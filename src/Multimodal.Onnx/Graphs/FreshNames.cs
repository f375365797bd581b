namespace Multimodal.Onnx.Graphs;

/// <summary>Names for new values, which no value of a graph or of those within has.</summary>
internal sealed class FreshNames(OnnxGraph graph)
{
    private readonly HashSet<string> _taken = graph.All.SelectMany(inner => inner.Defined.Concat(inner.Nodes.Select(node => node.Name))).ToHashSet(StringComparer.Ordinal);

    /// <summary>A name like that wished for; the same wish gives another name each time.</summary>
    public string Make(string wish)
    {
        var name = wish;
        for (var i = 2; !_taken.Add(name); i++)
        {
            name = $"{wish}_{i}";
        }

        return name;
    }
}

namespace Multimodal.Onnx.Graphs;

/// <summary>Drops from a graph what computes nothing: <c>Identity</c>, <c>Dropout</c>, what leads to no output, and constants that are there twice.</summary>
internal static class GraphCleaner
{
    // Smaller ones weigh as little as the names that refer to them.
    private const int SmallestShared = 64;

    // Before, whether it drops was an attribute.
    private const int DropoutWithoutMode = 7;

    /// <summary>Cleans, and says how many nodes and constants went.</summary>
    public static (int Nodes, int Constants) Clean(OnnxDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var before = Count(document);
        ShareConstants(document.Graph);
        PassThrough(document);
        RemoveDead(document);
        var after = Count(document);
        return (before.Nodes - after.Nodes, before.Constants - after.Constants);
    }

    /// <summary>Drops what leads to no output.</summary>
    public static void RemoveDead(OnnxDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var live = new HashSet<OnnxNode>(ReferenceEqualityComparer.Instance);
        Mark(document.Graph, needed, live);
        foreach (var graph in document.Graph.All.ToList())
        {
            graph.Nodes.RemoveAll(node => !live.Contains(node));
            var inputs = graph.Inputs.ToHashSet(StringComparer.Ordinal);

            // A constant that is an input as well may be replaced by the caller: it is part of how the network is called.
            graph.Constants.RemoveAll(constant => !needed.Contains(constant.Name) && !(document.HasFreeConstants && inputs.Contains(constant.Name)));
            var defined = graph.Defined.ToHashSet(StringComparer.Ordinal);
            graph.RemoveValues(name => !defined.Contains(name));
        }

        if (!document.HasFreeConstants)
        {
            DropInputsOfOld(document.Graph, needed);
        }
    }

    private static (int Nodes, int Constants) Count(OnnxDocument document) =>
        (document.Graph.All.Sum(graph => graph.Nodes.Count), document.Graph.All.Sum(graph => graph.Constants.Count));

    // In old files every constant is an input too.
    private static void DropInputsOfOld(OnnxGraph graph, HashSet<string> needed)
    {
        var constants = graph.Constants.Select(constant => constant.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var input in graph.Inputs.Where(input => !needed.Contains(input) && !constants.Contains(input)).ToList())
        {
            graph.RemoveInput(input);
        }
    }

    private static void Mark(OnnxGraph graph, HashSet<string> needed, HashSet<OnnxNode> live)
    {
        needed.UnionWith(graph.Outputs);
        foreach (var node in Enumerable.Reverse(graph.Nodes))
        {
            if (node.Outputs.Any(needed.Contains))
            {
                live.Add(node);
                needed.UnionWith(node.Inputs);
                foreach (var inner in node.Graphs)
                {
                    Mark(inner, needed, live);
                }
            }
        }
    }

    private static void PassThrough(OnnxDocument document)
    {
        foreach (var graph in document.Graph.All.ToList())
        {
            foreach (var node in graph.Nodes.ToList())
            {
                var uses = new Lazy<ValueUses>(() => new ValueUses(document.Graph));
                if (IsPassing(node, document, graph, uses))
                {
                    var taken = uses.Value.Of(graph, node.Outputs[0]);
                    if (taken.All(use => use.Node is not null) && uses.Value.IsUnique(node.Inputs[0]))
                    {
                        foreach (var use in taken)
                        {
                            use.Node!.SetInput(use.Index, node.Inputs[0]);
                        }
                    }
                }
            }
        }
    }

    private static bool IsPassing(OnnxNode node, OnnxDocument document, OnnxGraph graph, Lazy<ValueUses> uses) =>
        node.Inputs is [{ Length: > 0 }, ..] && node.Outputs.Count > 0
        && (node.Is("Identity")
            || (node.Is("Dropout") && document.Opset >= DropoutWithoutMode
                && (node.Inputs.Count < 3 || node.Inputs[2].Length == 0)
                && node.Outputs.Skip(1).All(mask => uses.Value.Of(graph, mask).Count == 0)));

    private static void ShareConstants(OnnxGraph graph)
    {
        var uses = new ValueUses(graph);
        var inputs = graph.Inputs.ToHashSet(StringComparer.Ordinal);
        foreach (var same in graph.Constants
            .Where(constant => constant.InlineBytes >= SmallestShared && !inputs.Contains(constant.Name) && uses.IsUnique(constant.Name) && constant.Raw is not null)
            .GroupBy(constant => (constant.Type, string.Join(',', constant.Dims), Digest(constant)))
            .Where(group => group.Count() > 1)
            .Select(group => group.ToList())
            .ToList())
        {
            foreach (var use in same.Skip(1).SelectMany(constant => uses.Of(graph, constant.Name)).Where(use => use.Node is not null))
            {
                use.Node!.SetInput(use.Index, same[0].Name);
            }
        }
    }

    private static string Digest(OnnxTensor constant) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(constant.Raw!.Value.Span));
}

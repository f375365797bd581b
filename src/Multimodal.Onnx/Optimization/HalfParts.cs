using Multimodal.Onnx.Graphs;

namespace Multimodal.Onnx.Optimization;

/// <summary>The nodes of a network that can be computed in half precision, and drag with them what lies between.</summary>
internal static class HalfParts
{
    private const int SmallestTable = 1024;

    /// <summary>Names a node within its graph: what it gives has one giver.</summary>
    public static string IdOf(OnnxNode node) => node.Outputs.FirstOrDefault(output => output.Length > 0) ?? node.Title;

    /// <summary>Whether rows of a table of constants are looked up, so large that its size matters.</summary>
    public static bool IsTable(OnnxNode node, IReadOnlyDictionary<string, OnnxTensor> constants) =>
        node.Is("Gather") && constants.TryGetValue(node.Inputs[0], out var table) && table.Type == ElementType.Float && table.Elements >= SmallestTable;

    /// <summary>The parts, in the order of the nodes; those that lead to a measured output.</summary>
    public static IReadOnlyList<LighterPart> Find(OnnxDocument document, IReadOnlyCollection<string> measured)
    {
        var constants = document.Graph.Constants.DistinctBy(constant => constant.Name).ToDictionary(constant => constant.Name, StringComparer.Ordinal);
        var needed = measured.ToHashSet(StringComparer.Ordinal);
        var parts = new List<LighterPart>();
        foreach (var node in Enumerable.Reverse(document.Graph.Nodes).Where(node => node.Outputs.Any(needed.Contains)))
        {
            needed.UnionWith(node.Inputs);
            needed.UnionWith(node.Graphs.SelectMany(graph => graph.All).SelectMany(graph => graph.Outputs.Concat(graph.Nodes.SelectMany(inner => inner.Inputs))));
            if (HalfOperators.IsCompute(node) || IsTable(node, constants))
            {
                var weights = node.Inputs.Sum(input => constants.TryGetValue(input, out var constant) && constant.Type == ElementType.Float ? constant.Elements : 0);
                parts.Add(new LighterPart(IdOf(node), node.Operator, weights, [LighterTreatment.Compute, LighterTreatment.Keep]));
            }
        }

        parts.Reverse();
        return parts;
    }
}

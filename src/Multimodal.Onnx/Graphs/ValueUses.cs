namespace Multimodal.Onnx.Graphs;

/// <summary>Where each value is taken, in graphs within nodes too. A name means what the innermost graph that gives it means.</summary>
internal sealed class ValueUses
{
    private readonly Dictionary<(OnnxGraph Graph, string Name), List<ValueUse>> _uses = [];
    private readonly Dictionary<string, int> _givers = new(StringComparer.Ordinal);

    public ValueUses(OnnxGraph graph) => Walk(graph, []);

    /// <summary>Where a value of a graph is taken.</summary>
    public IReadOnlyList<ValueUse> Of(OnnxGraph graph, string name) => _uses.TryGetValue((graph, name), out var uses) ? uses : [];

    /// <summary>Whether one graph alone gives a value of this name.</summary>
    public bool IsUnique(string name) => _givers.GetValueOrDefault(name) == 1;

    private void Walk(OnnxGraph graph, List<(OnnxGraph Graph, HashSet<string> Names)> around)
    {
        var names = graph.Defined.ToHashSet(StringComparer.Ordinal);
        foreach (var name in names)
        {
            _givers[name] = _givers.GetValueOrDefault(name) + 1;
        }

        around.Add((graph, names));
        foreach (var node in graph.Nodes)
        {
            foreach (var (index, input) in node.Inputs.Index())
            {
                Note(input, new ValueUse(graph, node, index), around);
            }

            foreach (var inner in node.Graphs)
            {
                Walk(inner, around);
            }
        }

        foreach (var (index, output) in graph.Outputs.Index())
        {
            Note(output, new ValueUse(graph, null, index), around);
        }

        around.RemoveAt(around.Count - 1);
    }

    private void Note(string name, ValueUse use, List<(OnnxGraph Graph, HashSet<string> Names)> around)
    {
        if (name.Length > 0 && around.FindLast(scope => scope.Names.Contains(name)) is { Graph: { } giver })
        {
            (_uses.TryGetValue((giver, name), out var uses) ? uses : _uses[(giver, name)] = []).Add(use);
        }
    }
}

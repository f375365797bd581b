using Multimodal.Onnx.Graphs;

namespace Multimodal.Onnx.Optimization;

/// <summary>
/// Computes a graph in half precision where that is safe: products, convolutions and recurrent layers, and what lies between them. What
/// sums, squares, or divides by what it summed (the inside of a layer norm, pooling) stays in float32, as do inputs and outputs; a value is
/// cast where it crosses over, once. Only values that are known to be float32 are cast, so an operator that is not known is left alone.
/// </summary>
internal sealed class HalfRewriter
{
    private readonly OnnxDocument _document;
    private readonly IReadOnlySet<string> _lighter;
    private readonly Func<OnnxTensor, float[]> _floatsOf;
    private readonly FreshNames _names;
    private readonly Dictionary<string, OnnxTensor> _constants;
    private readonly Dictionary<string, Known> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _halves = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Value, string Cast)> _means = new(StringComparer.Ordinal);
    private readonly HashSet<string> _needed = new(StringComparer.Ordinal);
    private readonly List<OnnxNode> _nodes = [];

    /// <param name="document">The network.</param>
    /// <param name="lighter">The parts that are computed so: those of <see cref="HalfParts"/>; all others are left.</param>
    /// <param name="floatsOf">Reads a constant.</param>
    public HalfRewriter(OnnxDocument document, IReadOnlySet<string> lighter, Func<OnnxTensor, float[]> floatsOf)
    {
        (_document, _lighter, _floatsOf) = (document, lighter, floatsOf);
        _names = new FreshNames(document.Graph);
        _constants = document.Graph.Constants.DistinctBy(constant => constant.Name).ToDictionary(constant => constant.Name, StringComparer.Ordinal);
    }

    // What is known of a value that is float32 in the graph as it was.
    private enum Known
    {
        /// <summary>A constant.</summary>
        Constant,

        /// <summary>It may be cast.</summary>
        Float,

        /// <summary>It belongs to what stays in float32.</summary>
        Kept,

        /// <summary>The same, and what it is made of is there in half precision.</summary>
        KeptOfHalf,

        /// <summary>It is what such a part gave; what follows is computed in half precision again.</summary>
        Resumed,

        /// <summary>It is there in half precision.</summary>
        Half,
    }

    /// <summary>Rewrites the outermost graph.</summary>
    public void Rewrite()
    {
        var graph = _document.Graph;
        foreach (var (name, type) in graph.DeclaredTypes().Where(pair => pair.Value == ElementType.Float && graph.Inputs.Contains(pair.Key)))
        {
            _values[name] = Known.Float;
        }

        foreach (var constant in _constants.Values.Where(constant => constant.Type == ElementType.Float))
        {
            _values[constant.Name] = Known.Constant;
        }

        foreach (var node in graph.Nodes.Where(node => node.Is("Constant") && node.Outputs.Count == 1))
        {
            if (node.Attributes.FirstOrDefault(attribute => attribute.Name == "value")?.Tensor is { Type: ElementType.Float, IsExternal: false } tensor)
            {
                _constants[node.Outputs[0]] = tensor;
                _values[node.Outputs[0]] = Known.Constant;
            }
        }

        foreach (var node in graph.Nodes)
        {
            Visit(node);
        }

        foreach (var output in graph.Outputs)
        {
            NeedFloat(output);
        }

        graph.Nodes.Clear();
        graph.Nodes.AddRange(_nodes);
    }

    private void Visit(OnnxNode node)
    {
        var floats = HalfOperators.FloatInputs(node).Where(index => index < node.Inputs.Count && node.Inputs[index].Length > 0).ToList();
        var known = floats.Select(index => _values.TryGetValue(node.Inputs[index], out var value) ? value : (Known?)null).ToList();
        if (floats.Count > 0 && known.TrueForAll(value => value is not null) && IsHalf(node, known))
        {
            foreach (var index in floats)
            {
                node.SetInput(index, HalfOf(node.Inputs[index]));
            }

            Require(node);
            Emit(node);
            return;
        }

        CastForNorm(node, known);
        Require(node);
        _nodes.Add(node);
        foreach (var output in node.Outputs.Where(output => output.Length > 0 && !_values.ContainsKey(output)))
        {
            if (GivesFloat(node, known))
            {
                _values[output] = Rate(node, known);
            }
        }
    }

    private bool IsHalf(OnnxNode node, List<Known?> known)
    {
        if (HalfOperators.IsCompute(node) || HalfParts.IsTable(node, _constants))
        {
            return _lighter.Contains(HalfParts.IdOf(node));
        }

        return HalfOperators.Follows(node) && known.Exists(value => value is Known.Half or Known.Resumed) && !known.Exists(value => value is Known.Kept or Known.KeptOfHalf);
    }

    // What a node in float32 gives.
    private static Known Rate(OnnxNode node, List<Known?> known)
    {
        var isOfHalf = known.Exists(value => value is Known.Half or Known.KeptOfHalf or Known.Resumed);
        var isKept = known.Exists(value => value is Known.Kept or Known.KeptOfHalf);
        return HalfOperators.IsKept(node) ? (isOfHalf ? Known.KeptOfHalf : Known.Kept)
            : !HalfOperators.Follows(node) || !isKept ? Known.Float

            // The quotient is the last that a norm computes with sums; scale and shift are computed as what follows.
            : node.Is("Div") && known.TrueForAll(value => value is Known.Half or Known.KeptOfHalf) ? Known.Resumed
            : isOfHalf ? Known.KeptOfHalf
            : node.Is("Add") && known.Contains(Known.Constant) ? Known.Float
            : Known.Kept;
    }

    // ONNX Runtime makes one node of a layer norm, the cast before it included where nothing else takes that; where something does, types
    // would clash. So the mean, and what it is subtracted from, take a cast of their own.
    private void CastForNorm(OnnxNode node, List<Known?> known)
    {
        if (node.Is("ReduceMean") && known is [Known.Half, ..])
        {
            var cast = _names.Make($"{node.Inputs[0]}_f32");
            _nodes.Add(Cast(_halves[node.Inputs[0]], cast, ElementType.Float));
            _means[node.Outputs[0]] = (node.Inputs[0], cast);
            node.SetInput(0, cast);
        }
        else if (node.Is("Sub") && node.Inputs.Count == 2 && _means.TryGetValue(node.Inputs[1], out var mean) && mean.Value == node.Inputs[0])
        {
            node.SetInput(0, mean.Cast);
        }
    }

    private static bool GivesFloat(OnnxNode node, List<Known?> known) =>
        (node.Is("Cast") && node.Int("to", 0) == ElementType.Float)
        || (known.Count > 0 && known.TrueForAll(value => value is not null) && HalfOperators.KeepsType(node));

    // The node's outputs are in half precision under new names; under the old ones they are cast when they are needed.
    private void Emit(OnnxNode node)
    {
        var outputs = node.Outputs.Select(output => output.Length == 0 ? "" : _names.Make($"{output}_f16")).ToList();
        _nodes.Add(OnnxNode.Create(node.Operator, node.Name, node.Inputs, outputs, node.Attributes, node.Domain));
        foreach (var (output, half) in node.Outputs.Zip(outputs).Where(pair => pair.First.Length > 0))
        {
            _values[output] = Known.Half;
            _halves[output] = half;
        }
    }

    private string HalfOf(string name)
    {
        if (_halves.TryGetValue(name, out var half))
        {
            return half;
        }

        if (_values[name] == Known.Constant)
        {
            half = _names.Make($"{name}_f16");
            var constant = _constants[name];
            _document.Graph.Constants.Add(OnnxTensor.Create(half, ElementType.Half, constant.Dims, HalfWeights.Of(_floatsOf(constant))));
        }
        else
        {
            half = _names.Make($"{name}_f16");
            _nodes.Add(Cast(name, half, ElementType.Half));
        }

        return _halves[name] = half;
    }

    // What a node takes as it is, and what the graphs within it take of this one.
    private void Require(OnnxNode node)
    {
        foreach (var name in node.Inputs.Concat(node.Graphs.SelectMany(graph => graph.All).SelectMany(
            graph => graph.Outputs.Concat(graph.Nodes.SelectMany(inner => inner.Inputs)))))
        {
            NeedFloat(name);
        }
    }

    private void NeedFloat(string name)
    {
        if (_values.TryGetValue(name, out var value) && value == Known.Half && _needed.Add(name))
        {
            _nodes.Add(Cast(_halves[name], name, ElementType.Float));
        }
    }

    private OnnxNode Cast(string from, string to, int type) =>
        OnnxNode.Create("Cast", _names.Make($"{to}_cast"), [from], [to], [OnnxAttribute.Create("to", type)]);
}

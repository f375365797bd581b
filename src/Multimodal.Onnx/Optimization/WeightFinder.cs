using Multimodal.Onnx.Graphs;

namespace Multimodal.Onnx.Optimization;

/// <summary>Finds the weights of a network that can be made lighter.</summary>
/// <param name="document">The network, cleaned.</param>
/// <param name="format">How it is made lighter.</param>
/// <param name="measured">The outputs by which the effect is measured: what does not lead to one of them, or leads elsewhere only, is left as it is.</param>
internal sealed class WeightFinder(OnnxDocument document, LighterFormat format, IReadOnlyCollection<string> measured)
{
    /// <summary>Products of fewer weights are not computed in integers: finding the range of what they multiply takes longer than they do.</summary>
    public const int SmallestProduct = 1 << 16;

    // Nodes and names that come with lighter weights, in bytes.
    private const int Overhead = 400;

    // DynamicQuantizeLinear is of this version.
    private const int OpsetOfIntegers = 11;

    // Before, products did not spread a scale over the other axes.
    private const int OpsetOfScales = 7;

    private readonly ValueUses _uses = new(document.Graph);

    /// <summary>The parts, in the order of the graph's constants.</summary>
    public IReadOnlyList<WeightPart> Find()
    {
        var parts = new List<WeightPart>();
        if (document.Opset < OpsetOfScales)
        {
            return parts;
        }

        var live = Reached();
        foreach (var (index, graph) in document.Graph.All.Index())
        {
            var inputs = graph.Inputs.ToHashSet(StringComparer.Ordinal);
            var weights = ConstantsOf(graph)
                .Where(weight => weight.Type == ElementType.Float && weight.Dims.Count >= 2 && !(document.HasFreeConstants && inputs.Contains(weight.Name)))
                .Select(weight => (Weight: weight, Uses: _uses.Of(graph, weight.Name)))
                .Where(pair => pair.Uses.Count > 0 && pair.Uses.All(use => use.Node is { Domain.Length: 0 } node && live.Contains(node)))
                .ToList();
            var prefix = index == 0 ? "" : $"graph {index}/";
            var paired = format == LighterFormat.Int8 ? FindLstms(graph, prefix, weights).ToList() : [];
            parts.AddRange(paired);
            var taken = paired.SelectMany(part => part.Tensors).ToHashSet();
            parts.AddRange(weights.Where(pair => !taken.Contains(pair.Weight)).Select(pair => Describe(graph, prefix, pair.Weight, pair.Uses)).OfType<WeightPart>());
        }

        return parts;
    }

    // What leads to a measured output.
    private HashSet<OnnxNode> Reached()
    {
        var needed = measured.ToHashSet(StringComparer.Ordinal);
        var live = new HashSet<OnnxNode>(ReferenceEqualityComparer.Instance);
        foreach (var node in Enumerable.Reverse(document.Graph.Nodes).Where(node => node.Outputs.Any(needed.Contains)))
        {
            live.Add(node);
            needed.UnionWith(node.Inputs);
            foreach (var inner in node.Graphs.SelectMany(graph => graph.All))
            {
                live.UnionWith(inner.Nodes);
                needed.UnionWith(inner.Outputs.Concat(inner.Nodes.SelectMany(inside => inside.Inputs)));
            }
        }

        return live;
    }

    private static IEnumerable<OnnxTensor> ConstantsOf(OnnxGraph graph) => graph.Constants.Concat(
        graph.Nodes.Where(node => node.Is("Constant") && node.Outputs.Count == 1)
            .Select(node => (node.Outputs[0], node.Attributes.FirstOrDefault(attribute => attribute.Name == "value")?.Tensor))
            .Where(pair => pair.Tensor is { IsExternal: false, Elements: > Overhead / sizeof(float) })
            .Select(pair => pair.Tensor!.Rename(pair.Item1)));

    private WeightPart? Describe(OnnxGraph graph, string prefix, OnnxTensor weight, IReadOnlyList<ValueUse> uses)
    {
        var first = Look(uses[0], weight);
        var isSame = uses.All(use => Look(use, weight) is var other && other.Role == first.Role && other.IsChannel.SequenceEqual(first.IsChannel));
        var (role, isChannel) = (isSame ? first.Role : WeightRole.Other, first.IsChannel);
        var channels = weight.Dims.Zip(isChannel).Where(axis => axis.Second).Aggregate(1L, (product, axis) => product * axis.First);
        var saved = format == LighterFormat.Int8 ? (3 * weight.Elements) - (sizeof(float) * channels) : 2 * weight.Elements;
        if (saved <= Overhead || uses.Any(IsAddend))
        {
            return null;
        }

        var canCompute = format == LighterFormat.Int8 && role == WeightRole.Product && weight.Elements >= SmallestProduct && document.Opset >= OpsetOfIntegers
            && uses.All(use => CanCompute(use.Node!, graph));
        return new WeightPart(
            new LighterPart(
                prefix + weight.Name,
                string.Join('+', uses.Select(use => use.Node!.Operator).Distinct()),
                weight.Elements,
                canCompute ? [LighterTreatment.Compute, LighterTreatment.Weights, LighterTreatment.Keep] : [LighterTreatment.Weights, LighterTreatment.Keep]),
            graph,
            [weight],
            role,
            isChannel,
            uses);
    }

    private static (WeightRole Role, IReadOnlyList<bool> IsChannel) Look(ValueUse use, OnnxTensor weight)
    {
        var (node, rank) = (use.Node!, weight.Dims.Count);
        bool[] Axes(Func<int, bool> isChannel) => [.. Enumerable.Range(0, rank).Select(isChannel)];
        return (node.Operator, use.Index) switch
        {
            ("Gather", 0) when node.Int("axis", 0) == 0 => (WeightRole.Table, Axes(axis => axis == 0)),
            ("MatMul", 1) when rank == 2 => (WeightRole.Product, Axes(axis => axis == 1)),
            ("MatMul", 1) => (WeightRole.Other, Axes(axis => axis != rank - 2)),
            ("Gemm", 1) => (WeightRole.Product, Axes(axis => axis == (node.Int("transB", 0) != 0 ? 0 : 1))),
            ("Conv", 1) => (WeightRole.Other, Axes(axis => axis == 0)),
            ("ConvTranspose" or "GRU" or "LSTM" or "RNN", 1 or 2) => (WeightRole.Other, Axes(axis => axis < 2)),
            _ => (WeightRole.Other, Axes(axis => axis != rank - 1)),
        };
    }

    // What recurrent layers add is little, and is added in every step.
    private static bool IsAddend(ValueUse use) => use.Node!.Operator is "GRU" or "LSTM" or "RNN" && use.Index > 2;

    // A Gemm's addend is left as it is: what scales it has to be known.
    private static bool CanCompute(OnnxNode node, OnnxGraph graph) => node.Operator == "MatMul"
        || (node.Int("transA", 0) == 0
            && (node.Inputs.Count < 3 || node.Inputs[2].Length == 0 || node.Float("beta", 1) == 1 || graph.Constants.Exists(constant => constant.Name == node.Inputs[2] && constant.Type == ElementType.Float && !constant.IsExternal)));

    private IEnumerable<WeightPart> FindLstms(OnnxGraph graph, string prefix, IReadOnlyList<(OnnxTensor Weight, IReadOnlyList<ValueUse> Uses)> weights)
    {
        var single = weights.Where(pair => pair.Uses.Count == 1).ToDictionary(pair => pair.Weight.Name, StringComparer.Ordinal);
        foreach (var node in graph.Nodes.Where(node => node.Is("LSTM") && node.Int("layout", 0) == 0 && node.Inputs.Count >= 3))
        {
            if (document.Opset >= OpsetOfIntegers
                && single.TryGetValue(node.Inputs[1], out var input)
                && single.TryGetValue(node.Inputs[2], out var recurrent)
                && input.Weight.Dims.Count == 3
                && recurrent.Weight.Dims.Count == 3
                && input.Weight.Elements + recurrent.Weight.Elements >= SmallestProduct)
            {
                yield return new WeightPart(
                    new LighterPart(
                        prefix + input.Weight.Name,
                        node.Operator,
                        input.Weight.Elements + recurrent.Weight.Elements,
                        [LighterTreatment.Compute, LighterTreatment.Weights, LighterTreatment.Keep]),
                    graph,
                    [input.Weight, recurrent.Weight],
                    WeightRole.Lstm,
                    [true, true, false],
                    [.. input.Uses, .. recurrent.Uses]);
            }
        }
    }
}

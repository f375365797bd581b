using System.Numerics.Tensors;
using Multimodal.Onnx.Graphs;

namespace Multimodal.Onnx.Optimization;

/// <summary>Makes weights of a graph lighter. What a graph's nodes give keeps its name, so that nothing around them changes.</summary>
/// <param name="document">The network.</param>
/// <param name="floatsOf">Reads a weight.</param>
internal sealed class WeightRewriter(OnnxDocument document, Func<OnnxTensor, float[]> floatsOf)
{
    private const string RuntimeDomain = "com.microsoft";

    private readonly FreshNames _names = new(document.Graph);
    private readonly Dictionary<(OnnxGraph Graph, string Name), string[]> _quantized = [];

    /// <summary>Treats a part so.</summary>
    public void Rewrite(WeightPart part, LighterFormat format, LighterTreatment treatment)
    {
        switch (treatment)
        {
            case LighterTreatment.Weights when format == LighterFormat.HalfWeights:
                StoreHalf(part);
                break;
            case LighterTreatment.Weights when part.Role == WeightRole.Table:
                LookUp(part);
                break;
            case LighterTreatment.Weights:
                foreach (var tensor in part.Tensors)
                {
                    StoreInt8(part, tensor);
                }

                break;
            case LighterTreatment.Compute when part.Role == WeightRole.Lstm:
                ComputeLstm(part);
                break;
            case LighterTreatment.Compute:
                Multiply(part);
                break;
        }
    }

    // weight = Cast(half): nothing but the weight's giver is another, and runtimes compute it once, when they open the network.
    private void StoreHalf(WeightPart part)
    {
        var tensor = part.Tensors[0];
        Remove(part.Home, tensor.Name);
        var half = Add(part.Home, $"{tensor.Name}_f16", ElementType.Half, tensor.Dims, HalfWeights.Of(floatsOf(tensor)));
        part.Home.Nodes.Insert(0, Node("Cast", tensor.Name, [half], [tensor.Name], OnnxAttribute.Create("to", ElementType.Float)));
    }

    // weight = Cast(q) · s: of any version of the operators and along any axes, which DequantizeLinear is not; and runtimes compute it once.
    private void StoreInt8(WeightPart part, OnnxTensor tensor)
    {
        Remove(part.Home, tensor.Name);
        var (values, scales) = Int8Weights.Quantize(floatsOf(tensor), tensor.Dims, part.IsChannel, Int8Weights.FullRange);
        var stored = Add(part.Home, $"{tensor.Name}_i8", ElementType.Int8, tensor.Dims, values.AsSpan());
        var scale = Add(part.Home, $"{tensor.Name}_s", ElementType.Float, ScaleDims(tensor, part.IsChannel), scales.AsSpan());
        var floats = _names.Make($"{tensor.Name}_f");
        part.Home.Nodes.InsertRange(
            0,
            [
                Node("Cast", floats, [stored], [floats], OnnxAttribute.Create("to", ElementType.Float)),
                Node("Mul", tensor.Name, [floats, scale], [tensor.Name]),
            ]);
    }

    // Rows are looked up as they are stored, so that the table stays small in memory too.
    private void LookUp(WeightPart part)
    {
        var tensor = part.Tensors[0];
        Remove(part.Home, tensor.Name);
        var (values, scales) = Int8Weights.Quantize(floatsOf(tensor), tensor.Dims, part.IsChannel, Int8Weights.FullRange);
        var stored = Add(part.Home, $"{tensor.Name}_i8", ElementType.Int8, tensor.Dims, values.AsSpan());
        var scale = Add(part.Home, $"{tensor.Name}_s", ElementType.Float, ScaleDims(tensor, part.IsChannel), scales.AsSpan());
        foreach (var use in part.Uses)
        {
            var node = use.Node!;
            var (rows, floats, factors) = (_names.Make($"{node.Outputs[0]}_i8"), _names.Make($"{node.Outputs[0]}_f"), _names.Make($"{node.Outputs[0]}_s"));
            Replace(
                use.Graph,
                node,
                Node("Gather", rows, [stored, node.Inputs[1]], [rows]),
                Node("Cast", floats, [rows], [floats], OnnxAttribute.Create("to", ElementType.Float)),
                Node("Gather", factors, [scale, node.Inputs[1]], [factors]),
                Node("Mul", node.Name, [floats, factors], node.Outputs));
        }
    }

    // x·W = s_x·s_W·((q_x - z_x)·q_W), with the range of x found in every run.
    private void Multiply(WeightPart part)
    {
        var tensor = part.Tensors[0];
        var isTransposed = part.IsChannel[0];
        var (depth, width) = isTransposed ? (tensor.Dims[1], tensor.Dims[0]) : (tensor.Dims[0], tensor.Dims[1]);
        var floats = isTransposed ? Transpose(floatsOf(tensor), (int)width, (int)depth) : floatsOf(tensor);
        var (values, scales) = Int8Weights.Quantize(floats, [depth, width], [false, true], Int8Weights.SafeRange);
        Remove(part.Home, tensor.Name);
        var stored = Add(part.Home, $"{tensor.Name}_i8", ElementType.Int8, [depth, width], values.AsSpan());
        var scaleOf = new Dictionary<float, string>();
        foreach (var use in part.Uses)
        {
            var node = use.Node!;
            var alpha = node.Operator == "Gemm" ? node.Float("alpha", 1) : 1;
            if (!scaleOf.TryGetValue(alpha, out var scale))
            {
                var own = scales.ToArray();
                TensorPrimitives.Multiply(own, alpha, own);
                scaleOf[alpha] = scale = Add(part.Home, $"{tensor.Name}_s", ElementType.Float, [width], own.AsSpan());
            }

            var quantized = QuantizeInput(use.Graph, node);
            var addend = AddendOf(use.Graph, node);
            var output = node.Outputs[0];
            var (sum, floatSum, factor) = (_names.Make($"{output}_i32"), _names.Make($"{output}_f"), _names.Make($"{output}_s"));
            var product = addend is null ? output : _names.Make($"{output}_p");
            List<OnnxNode> nodes =
            [
                Node("MatMulInteger", sum, [quantized[0], stored, quantized[2]], [sum]),
                Node("Cast", floatSum, [sum], [floatSum], OnnxAttribute.Create("to", ElementType.Float)),
                Node("Mul", factor, [quantized[1], scale], [factor]),
                Node("Mul", addend is null ? node.Name : product, [floatSum, factor], [product]),
            ];
            if (addend is not null)
            {
                nodes.Add(Node("Add", node.Name, [product, addend], [output]));
            }

            Replace(use.Graph, node, [.. nodes]);
        }
    }

    private void ComputeLstm(WeightPart part)
    {
        var node = part.Uses[0].Node!;
        string[] Quantize(OnnxTensor tensor)
        {
            // [directions, 4·hidden, inputs] here, [directions, inputs, 4·hidden] there.
            var (directions, gates, width) = ((int)tensor.Dims[0], (int)tensor.Dims[1], (int)tensor.Dims[2]);
            var floats = floatsOf(tensor);
            var turned = new float[floats.Length];
            for (var direction = 0; direction < directions; direction++)
            {
                var place = direction * gates * width;
                Transpose(floats.AsSpan(place, gates * width), gates, width).CopyTo(turned.AsSpan(place));
            }

            long[] dims = [directions, width, gates];
            var (values, scales) = Int8Weights.Quantize(turned, dims, [true, false, true], Int8Weights.SafeRange);
            Remove(part.Home, tensor.Name);
            return
            [
                Add(part.Home, $"{tensor.Name}_i8", ElementType.Int8, dims, values.AsSpan()),
                Add(part.Home, $"{tensor.Name}_s", ElementType.Float, [directions, gates], scales.AsSpan()),
                Add(part.Home, $"{tensor.Name}_z", ElementType.Int8, [directions, gates], new sbyte[directions * gates].AsSpan()),
            ];
        }

        var (input, recurrent) = (Quantize(part.Tensors[0]), Quantize(part.Tensors[1]));
        var rest = Enumerable.Range(3, 5).Select(index => index < node.Inputs.Count ? node.Inputs[index] : "");
        document.RequireOpset(RuntimeDomain, 1);
        Replace(part.Uses[0].Graph, node, OnnxNode.Create(
            "DynamicQuantizeLSTM",
            node.Name,
            [node.Inputs[0], input[0], recurrent[0], .. rest, input[1], input[2], recurrent[1], recurrent[2]],
            node.Outputs,
            node.Attributes.Where(attribute => attribute.Name != "layout"),
            RuntimeDomain));
    }

    // What several products multiply is quantised once.
    private string[] QuantizeInput(OnnxGraph graph, OnnxNode node)
    {
        var input = node.Inputs[0];
        if (_quantized.TryGetValue((graph, input), out var known))
        {
            return known;
        }

        string[] names = [_names.Make($"{input}_u8"), _names.Make($"{input}_us"), _names.Make($"{input}_uz")];
        graph.Nodes.Insert(graph.Nodes.IndexOf(node), Node("DynamicQuantizeLinear", names[0], [input], names));
        return _quantized[(graph, input)] = names;
    }

    private string? AddendOf(OnnxGraph graph, OnnxNode node)
    {
        if (node.Operator != "Gemm" || node.Inputs.Count < 3 || node.Inputs[2].Length == 0)
        {
            return null;
        }

        var beta = node.Float("beta", 1);
        if (beta == 1)
        {
            return node.Inputs[2];
        }

        var addend = graph.Constants.First(constant => constant.Name == node.Inputs[2]);
        var values = floatsOf(addend);
        TensorPrimitives.Multiply(values, beta, values);
        return Add(graph, $"{addend.Name}_b", ElementType.Float, addend.Dims, values.AsSpan());
    }

    private string Add<T>(OnnxGraph home, string wish, int type, IReadOnlyList<long> dims, ReadOnlySpan<T> elements)
        where T : unmanaged
    {
        var name = _names.Make(wish);
        home.Constants.Add(OnnxTensor.Create(name, type, dims, elements));
        return name;
    }

    private void Remove(OnnxGraph home, string name)
    {
        home.Constants.RemoveAll(constant => constant.Name == name);
        home.Nodes.RemoveAll(node => node.Is("Constant") && node.Outputs is [var output] && output == name);
        if (!document.HasFreeConstants)
        {
            home.RemoveInput(name);
        }
    }

    private static void Replace(OnnxGraph graph, OnnxNode node, params IEnumerable<OnnxNode> nodes)
    {
        var place = graph.Nodes.IndexOf(node);
        graph.Nodes.RemoveAt(place);
        graph.Nodes.InsertRange(place, nodes);
    }

    private static OnnxNode Node(string @operator, string name, IEnumerable<string> inputs, IEnumerable<string> outputs, params IEnumerable<OnnxAttribute> attributes) =>
        OnnxNode.Create(@operator, name, inputs, outputs, attributes);

    private static long[] ScaleDims(OnnxTensor tensor, IReadOnlyList<bool> isChannel) => [.. tensor.Dims.Zip(isChannel, (extent, isKept) => isKept ? extent : 1)];

    private static float[] Transpose(ReadOnlySpan<float> values, int rows, int columns)
    {
        var turned = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
            {
                turned[(column * rows) + row] = values[(row * columns) + column];
            }
        }

        return turned;
    }
}

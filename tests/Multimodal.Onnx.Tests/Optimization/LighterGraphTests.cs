using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx.Graphs;
using Multimodal.Onnx.Optimization;
using Multimodal.Onnx.Tests.Graphs;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Tests.Optimization;

/// <summary>Lighter networks as ONNX Runtime runs them, against formulas written down here and against the networks as they were.</summary>
public sealed class LighterGraphTests : IDisposable
{
    private const int Depth = 300, Width = 260, Items = 5;
    private readonly string _folder = Directory.CreateTempSubdirectory("lighter-").FullName;

    [Fact]
    public void Write_MatMulInIntegers_IsTheFormulaToRounding()
    {
        var (weights, x) = (GraphMaker.Random(1, Depth * Width, 0.2), GraphMaker.Random(2, Items * Depth));
        var graph = Read(Product().Constant("w", weights, Depth, Width).Node("MatMul", "x, w", "y"));

        var part = Assert.Single(graph.Parts);
        Assert.Equal(("w", "MatMul", (long)Depth * Width), (part.Id, part.Operator, part.Weights));
        var made = RunLighter(graph, ("x", GraphMaker.Floats(x, Items, Depth)));

        var expected = Integers(x, weights, Width);
        AssertNear(expected, made, 1e-4);
        Assert.InRange(Cosine(made, Floats(x, weights, Width)), 0.9995, 1);
        Assert.Equal(["DynamicQuantizeLinear", "MatMulInteger", "Cast", "Mul", "Mul"], Operators());
    }

    [Theory]
    [InlineData(1, 1f, 1f)]
    [InlineData(0, 0.5f, 1f)]
    [InlineData(1, 2f, 3f)]
    public void Write_GemmInIntegers_IsTheFormulaToRounding(int isTransposed, float alpha, float beta)
    {
        var (weights, x, addend) = (GraphMaker.Random(3, Depth * Width, 0.2), GraphMaker.Random(4, Items * Depth), GraphMaker.Random(5, Width));
        var stored = isTransposed == 1 ? Transpose(weights, Depth, Width) : weights;
        var graph = Read(Product()
            .Constant("w", stored, isTransposed == 1 ? [Width, Depth] : [Depth, Width]).Constant("b", addend, Width)
            .Node("Gemm", "x, w, b", "y", OnnxAttribute.Create("transB", (long)isTransposed), OnnxAttribute.Create("alpha", alpha), OnnxAttribute.Create("beta", beta)));

        var made = RunLighter(graph, ("x", GraphMaker.Floats(x, Items, Depth)));

        var expected = Integers(x, weights, Width);
        for (var i = 0; i < expected.Length; i++)
        {
            expected[i] = (alpha * expected[i]) + (beta * addend[i % Width]);
        }

        AssertNear(expected, made, 1e-3);
    }

    [Fact]
    public void Write_ProductsOfOneInput_QuantiseItOnce()
    {
        var graph = Read(Product().Constant("w", GraphMaker.Random(1, Depth * Width), Depth, Width).Constant("v", GraphMaker.Random(2, Depth * Width), Depth, Width)
            .Node("MatMul", "x, w", "a").Node("MatMul", "x, v", "b").Node("Add", "a, b", "y"));

        RunLighter(graph, ("x", GraphMaker.Floats(GraphMaker.Random(3, Items * Depth), Items, Depth)));

        Assert.Single(Operators(), "DynamicQuantizeLinear");
    }

    [Fact]
    public void Write_SmallProductsAndOldOperators_StayInFloats()
    {
        var small = Read(Product().Constant("w", GraphMaker.Random(1, Depth * 40), Depth, 40).Node("MatMul", "x, w", "y"));
        var old = Product();
        old.Version = (8, 9);
        var older = Read(old.Constant("w", GraphMaker.Random(1, Depth * Width), Depth, Width).Node("MatMul", "x, w", "y"));

        Assert.Equal([LighterTreatment.Weights, LighterTreatment.Keep], Assert.Single(small.Parts).Treatments);
        Assert.Equal([LighterTreatment.Weights, LighterTreatment.Keep], Assert.Single(older.Parts).Treatments);
    }

    [Fact]
    public void Write_ConvolutionAndRecurrence_ComputeWithStoredWeights()
    {
        var (kernel, input, recurrent) = (GraphMaker.Random(1, 24 * 16 * 3), GraphMaker.Random(2, 2 * 60 * 24, 0.3), GraphMaker.Random(3, 2 * 60 * 20, 0.3));
        GraphMaker Make(float[] k, float[] w, float[] r) => new GraphMaker().Input("x", ElementType.Float, "1", "16", "t").Output("y", ElementType.Float, "t", "2", "1", "20")
            .Constant("k", k, 24, 16, 3).Constant("w", w, 2, 60, 24).Constant("r", r, 2, 60, 20)
            .Node("Conv", "x, k", "c").Node("Transpose", "c", "p", Permutation(2, 0, 1))
            .Node("GRU", "p, w, r", "y", OnnxAttribute.Create("hidden_size", 20), Direction());
        var graph = Read(Make(kernel, input, recurrent));
        (string, OrtValue)[] x = [("x", GraphMaker.Floats(GraphMaker.Random(4, 16 * 30), 1, 16, 30))];

        var made = RunLighter(graph, x);

        // The same network with weights that are what 8 bits make of them, each row of a gate by itself.
        var expected = Make(Stored(kernel, 16 * 3), Stored(input, 24), Stored(recurrent, 20)).Write(_folder, "expected.onnx");
        Assert.Equal(["k", "w", "r"], graph.Parts.Select(part => part.Id));
        AssertNear(GraphMaker.Run(expected, x)[0], made, 1e-5);
    }

    [Fact]
    public void Write_TableOfWords_LooksUpSmallRows()
    {
        var table = GraphMaker.Random(1, 90 * 24);
        var graph = Read(new GraphMaker().Input("ids", ElementType.Int64, "n", "t").Output("y", ElementType.Float, "n", "t", "24").Constant("table", table, 90, 24).Node("Gather", "table, ids", "y"));
        long[] ids = [0, 5, 89, 5, 17, 40];

        var made = RunLighter(graph, ("ids", GraphMaker.Longs(ids, 2, 3)));

        var rows = Stored(table, 24);
        AssertNear([.. ids.SelectMany(id => rows[(int)(id * 24)..(int)((id + 1) * 24)])], made, 1e-6);
        Assert.Equal(["Gather", "Cast", "Gather", "Mul"], Operators());
    }

    [Fact]
    public void Write_LstmInIntegers_IsNearWhatItWas()
    {
        const int Inputs = 96, Hidden = 80;
        var graph = Read(new GraphMaker().Input("x", ElementType.Float, "t", "n", $"{Inputs}").Output("y", ElementType.Float, "t", "2", "n", $"{Hidden}")
            .Constant("w", GraphMaker.Random(1, 2 * 4 * Hidden * Inputs, 0.2), 2, 4 * Hidden, Inputs).Constant("r", GraphMaker.Random(2, 2 * 4 * Hidden * Hidden, 0.2), 2, 4 * Hidden, Hidden)
            .Constant("b", GraphMaker.Random(3, 2 * 8 * Hidden, 0.1), 2, 8 * Hidden)
            .Node("LSTM", "x, w, r, b", "y", OnnxAttribute.Create("hidden_size", Hidden), Direction()));
        (string, OrtValue)[] x = [("x", GraphMaker.Floats(GraphMaker.Random(4, 7 * 3 * Inputs), 7, 3, Inputs))];

        var made = RunLighter(graph, x);

        Assert.Equal(["DynamicQuantizeLSTM"], Operators());
        Assert.InRange(Cosine(made, GraphMaker.Run(Path.Combine(_folder, "model.onnx"), x)[0]), 0.999, 1);
    }

    [Fact]
    public void Write_WeightsThatServeTwice_AreStoredOnce()
    {
        // As language models tie the table of words to their last product.
        var table = GraphMaker.Random(1, 300 * 24);
        var graph = Read(new GraphMaker().Input("ids", ElementType.Int64, "n", "t").Output("y", ElementType.Float, "n", "t", "300").Constant("table", table, 300, 24)
            .Node("Gather", "table, ids", "e").Node("Transpose", "table", "turned", Permutation(1, 0)).Node("MatMul", "e, turned", "y"));
        (string, OrtValue)[] ids = [("ids", GraphMaker.Longs([1, 2, 299], 1, 3))];

        var part = Assert.Single(graph.Parts);
        Assert.Equal("Gather+Transpose", part.Operator);
        Assert.InRange(Cosine(RunLighter(graph, ids), GraphMaker.Run(Path.Combine(_folder, "model.onnx"), ids)[0]), 0.9999, 1);
        Assert.InRange(new FileInfo(Path.Combine(_folder, "lighter.onnx")).Length, 300 * 24, 1.5 * 300 * 24);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_WeightsThatGraphsWithinTake_AreLighterThereToo(bool condition)
    {
        var made = Product().Input("c", 9).Constant("w", GraphMaker.Random(1, Depth * Width), Depth, Width)
            .If("c", "y",
                new GraphMaker().Output("t", ElementType.Float, "n", $"{Width}").Node("MatMul", "x, w", "t"),
                new GraphMaker().Output("e", ElementType.Float, "n", $"{Width}").Constant("v", GraphMaker.Random(2, Depth * Width), Depth, Width).Node("MatMul", "x, v", "e"));
        var graph = Read(made);
        (string, OrtValue)[] inputs = [("x", GraphMaker.Floats(GraphMaker.Random(3, Items * Depth), Items, Depth)), ("c", OrtValue.CreateTensorValueFromMemory([condition], []))];

        Assert.Equal(2, graph.Parts.Count);
        var lighter = RunLighter(graph, inputs);

        Assert.InRange(Cosine(lighter, GraphMaker.Run(Path.Combine(_folder, "model.onnx"), inputs)[0]), 0.999, 0.9999999);
        Assert.InRange(new FileInfo(Path.Combine(_folder, "lighter.onnx")).Length, 2 * Depth * Width, 2.1 * Depth * Width);
    }

    [Fact]
    public void Write_ConstantsThatAreInputsOfOld_GoAsInputsToo()
    {
        var made = Product();
        (made.Version, made.HasConstantsAsInputs) = ((3, 11), true);
        var graph = Read(made.Constant("w", GraphMaker.Random(1, Depth * Width), Depth, Width).Node("MatMul", "x, w", "y"));

        graph.Write(Path.Combine(_folder, "lighter.onnx"), Lightest(graph));

        Assert.DoesNotContain("w", Document().Graph.Inputs);
    }

    [Fact]
    public void Parts_WeightsThatCallersMayReplace_AreNone()
    {
        var made = Product();
        made.HasConstantsAsInputs = true;

        Assert.Empty(Read(made.Constant("w", GraphMaker.Random(1, Depth * Width), Depth, Width).Node("MatMul", "x, w", "y")).Parts);
    }

    [Fact]
    public void Parts_WeightsThatLeadElsewhere_AreNone()
    {
        var made = Product().Output("z", ElementType.Float, "n", $"{Width}").Constant("w", GraphMaker.Random(1, Depth * Width), Depth, Width).Constant("v", GraphMaker.Random(2, Depth * Width), Depth, Width)
            .Node("MatMul", "x, w", "y").Node("MatMul", "x, v", "z");

        Assert.Equal("w", Assert.Single(Read(made).Parts).Id);
    }

    [Fact]
    public void Parts_WeightsThatAreNoNumbers_AreNone()
    {
        var weights = GraphMaker.Random(1, Depth * Width);
        weights[77] = float.NaN;

        Assert.Empty(Read(Product().Constant("w", weights, Depth, Width).Node("MatMul", "x, w", "y")).Parts);
    }

    [Fact]
    public void Write_WeightsOutside_ComeFromTheirFile()
    {
        var weights = GraphMaker.Random(1, Depth * Width);
        var inside = OnnxTensor.Create<float>("w", ElementType.Float, [Depth, Width], weights);
        File.WriteAllBytes(Path.Combine(_folder, "weights.bin"), [.. new byte[4096], .. System.Runtime.InteropServices.MemoryMarshal.AsBytes(weights.AsSpan())]);
        (string, OrtValue)[] x = [("x", GraphMaker.Floats(GraphMaker.Random(2, Items * Depth), Items, Depth))];
        var expected = RunLighter(Read(Product().Constant(inside).Node("MatMul", "x, w", "y")), x);

        var outside = Read(Product().Constant(inside.PutOutside("weights.bin", 4096, 4L * weights.Length)).Node("MatMul", "x, w", "y"));

        Assert.Equal(expected, RunLighter(outside, x));
    }

    [Fact]
    public void Read_WeightsOutsideThatEndTooSoon_IsRefusedByName()
    {
        File.WriteAllBytes(Path.Combine(_folder, "weights.bin"), new byte[100]);
        var outside = OnnxTensor.Create<float>("w", ElementType.Float, [Depth, Width], GraphMaker.Random(1, Depth * Width)).PutOutside("weights.bin", 0, 4L * Depth * Width);

        var refusal = Assert.Throws<PipelineException>(() => Read(Product().Constant(outside).Node("MatMul", "x, w", "y")));
        Assert.Contains("'w' in 'weights.bin', which ends before it does", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HalvesInTheFile_AreComputedAsFloats()
    {
        var weights = GraphMaker.Random(1, Depth * Width);
        var graph = Read(Product().Constant("w", weights, Depth, Width).Node("MatMul", "x, w", "y"), LighterFormat.HalfWeights);
        var x = GraphMaker.Random(2, Items * Depth);

        var made = RunLighter(graph, ("x", GraphMaker.Floats(x, Items, Depth)));

        AssertNear(Floats(x, [.. weights.Select(weight => (float)(Half)weight)], Width), made, 1e-4);
        Assert.Equal(["Cast", "MatMul"], Operators());
    }

    [Fact]
    public void Write_HalfPrecision_SparesNormsAndPooling()
    {
        var graph = Read(Norm(), LighterFormat.Half);
        (string, OrtValue)[] x = [("x", GraphMaker.Floats(GraphMaker.Random(9, 2 * 6 * 32), 2, 6, 32))];
        var known = GraphMaker.Run(Path.Combine(_folder, "model.onnx"), x)[0];

        var made = RunLighter(graph, x);

        Assert.InRange(Cosine(made, known), 0.99999, 1.00001);
        Assert.NotEqual(known, made);
        var document = Document();
        var halves = document.Graph.Constants.Where(constant => constant.Type == ElementType.Half).Select(constant => constant.Name).ToHashSet();
        foreach (var node in document.Graph.Nodes.Where(node => node.Is("Cast") && node.Int("to", 0) == ElementType.Half))
        {
            halves.Add(node.Outputs[0]);
        }

        foreach (var node in document.Graph.Nodes.Where(node => !node.Is("Cast") && node.Inputs.Any(halves.Contains)))
        {
            halves.UnionWith(node.Outputs);
        }

        Assert.All(document.Graph.Nodes.Where(node => node.Is("ReduceMean", "Pow", "Sqrt", "Div", "Sub")), node => Assert.DoesNotContain(node.Inputs, halves.Contains));
        Assert.All(document.Graph.Nodes.Where(node => node.Is("MatMul", "Relu", "Mul")), node => Assert.All(node.Inputs, input => Assert.Contains(input, halves)));

        // The input; before and after the norm, which is one piece; before the pooling.
        Assert.Equal(4, document.Graph.Nodes.Count(node => node.Is("Cast")));
    }

    [Fact]
    public void Write_PartsThatAreSpared_StayAsTheyWere()
    {
        var graph = Read(Norm(), LighterFormat.Half);
        var path = Path.Combine(_folder, "lighter.onnx");

        graph.Write(path, new Dictionary<string, LighterTreatment>());

        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "model.onnx")), File.ReadAllBytes(path));
    }

    [Fact]
    public void Heavier_EachTreatment_IsTheNextOfItsPart()
    {
        var part = new LighterPart("w", "MatMul", 1, [LighterTreatment.Compute, LighterTreatment.Weights, LighterTreatment.Keep]);

        Assert.Equal(LighterTreatment.Weights, part.Heavier(LighterTreatment.Compute));
        Assert.Equal(LighterTreatment.Keep, part.Heavier(LighterTreatment.Weights));
        Assert.Null(part.Heavier(LighterTreatment.Keep));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // A residual block with a norm as exporters write it, then the mean over the positions.
    private static GraphMaker Norm() => new GraphMaker().Input("x", ElementType.Float, "n", "6", "32").Output("y", ElementType.Float, "n", "32")
        .Constant("w", GraphMaker.Random(1, 32 * 32, 0.3), 32, 32).Constant("v", GraphMaker.Random(2, 32 * 32, 0.3), 32, 32)
        .Constant("two", [2f]).Constant("epsilon", [1e-5f]).Constant("gamma", GraphMaker.Random(3, 32), 32).Constant("beta", GraphMaker.Random(4, 32), 32)
        .Node("MatMul", "x, w", "h").Node("Relu", "h", "a")
        .Node("ReduceMean", "a", "mean", Axes(-1)).Node("Sub", "a, mean", "centred").Node("Pow", "centred, two", "square").Node("ReduceMean", "square", "variance", Axes(-1))
        .Node("Add", "variance, epsilon", "shifted").Node("Sqrt", "shifted", "deviation").Node("Div", "centred, deviation", "normal").Node("Mul", "normal, gamma", "scaled").Node("Add", "scaled, beta", "norm")
        .Node("MatMul", "norm, v", "b").Node("Add", "a, b", "sum")
        .Node("ReduceMean", "sum", "y", Axes(1), OnnxAttribute.Create("keepdims", 0L));

    private static GraphMaker Product() => new GraphMaker().Input("x", ElementType.Float, "n", $"{Depth}").Output("y", ElementType.Float, "n", "w");

    private LighterGraph Read(GraphMaker made, LighterFormat format = LighterFormat.Int8) => LighterGraph.Read(made.Write(_folder), format, ["y"], location => Path.Combine(_folder, location));

    private static Dictionary<string, LighterTreatment> Lightest(LighterGraph graph) => graph.Parts.ToDictionary(part => part.Id, part => part.Treatments[0]);

    private float[] RunLighter(LighterGraph graph, params (string Name, OrtValue Value)[] inputs)
    {
        var path = Path.Combine(_folder, "lighter.onnx");
        Assert.Equal([path], graph.Write(path, Lightest(graph)));
        return GraphMaker.Run(path, inputs)[0];
    }

    private OnnxDocument Document() => OnnxDocument.Read("lighter", File.ReadAllBytes(Path.Combine(_folder, "lighter.onnx")));

    private List<string> Operators() => [.. Document().Graph.Nodes.Select(node => node.Operator)];

    private static OnnxAttribute Permutation(params long[] axes) => Ints("perm", axes);

    private static OnnxAttribute Axes(params long[] axes) => Ints("axes", axes);

    private static OnnxAttribute Direction() => OnnxAttribute.Read(new ProtoBuilder().Add(1, "direction").Add(4, "bidirectional").Add(20, 3L).ToArray(), 0);

    private static OnnxAttribute Ints(string name, long[] values)
    {
        var attribute = new ProtoBuilder().Add(1, name);
        foreach (var value in values)
        {
            attribute.Add(8, value);
        }

        return OnnxAttribute.Read(attribute.Add(20, 7L).ToArray(), 0);
    }

    // Rows of so many weights in 8 bits, and floats again.
    private static float[] Stored(float[] weights, int row) =>
    [
        .. weights.Chunk(row).SelectMany(values =>
        {
            var scale = values.Max(Math.Abs) / 127;
            return values.Select(value => scale * MathF.Round(value / scale));
        }),
    ];

    // What DynamicQuantizeLinear and MatMulInteger are defined to do, in double.
    private static float[] Integers(float[] x, float[] weights, int width)
    {
        var depth = weights.Length / width;
        var (low, high) = (Math.Min(0, x.Min()), Math.Max(0, x.Max()));
        var scale = (high - low) / 255f;
        var zero = Math.Clamp(MathF.Round(-low / scale), 0, 255);
        var q = x.Select(value => Math.Clamp(MathF.Round(value / scale) + zero, 0, 255)).ToArray();
        var y = new float[x.Length / depth * width];
        for (var column = 0; column < width; column++)
        {
            var most = Enumerable.Range(0, depth).Max(row => Math.Abs(weights[(row * width) + column])) / 64;
            for (var item = 0; item < x.Length / depth; item++)
            {
                var sum = 0.0;
                for (var row = 0; row < depth; row++)
                {
                    sum += (q[(item * depth) + row] - zero) * MathF.Round(weights[(row * width) + column] / most);
                }

                y[(item * width) + column] = (float)(sum * scale * most);
            }
        }

        return y;
    }

    private static float[] Floats(float[] x, float[] weights, int width)
    {
        var depth = weights.Length / width;
        var y = new float[x.Length / depth * width];
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = (float)Enumerable.Range(0, depth).Sum(row => (double)x[(i / width * depth) + row] * weights[(row * width) + (i % width)]);
        }

        return y;
    }

    private static float[] Transpose(float[] values, int rows, int columns) =>
        [.. from column in Enumerable.Range(0, columns) from row in Enumerable.Range(0, rows) select values[(row * columns) + column]];

    private static void AssertNear(float[] expected, float[] made, double tolerance)
    {
        Assert.Equal(expected.Length, made.Length);
        var scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(made), pair => Assert.InRange(pair.Second - pair.First, -tolerance * scale, tolerance * scale));
    }

    private static float Cosine(float[] one, float[] other) => TensorPrimitives.CosineSimilarity(one, other);
}

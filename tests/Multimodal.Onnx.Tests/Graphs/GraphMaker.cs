using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx.Graphs;

namespace Multimodal.Onnx.Tests.Graphs;

/// <summary>Makes small ONNX files of nodes and constants that a test chooses, and runs them in ONNX Runtime.</summary>
internal sealed class GraphMaker
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _constants = [];
    private readonly List<(string Name, int Type, string[] Shape)> _inputs = [];
    private readonly List<(string Name, int Type, string[] Shape)> _outputs = [];
    private int _names;

    /// <summary>The version of the format, of ONNX's operators, and whether constants are inputs too.</summary>
    public (int Ir, int Opset) Version { get; set; } = (8, 17);

    public bool HasConstantsAsInputs { get; set; }

    public GraphMaker Input(string name, int type, params string[] shape)
    {
        _inputs.Add((name, type, shape));
        return this;
    }

    public GraphMaker Output(string name, int type, params string[] shape)
    {
        _outputs.Add((name, type, shape));
        return this;
    }

    public GraphMaker Constant(string name, float[] values, params long[] dims)
    {
        _constants.Add(OnnxTensor.Create<float>(name, ElementType.Float, dims, values));
        return this;
    }

    public GraphMaker Constant(string name, long[] values, params long[] dims)
    {
        _constants.Add(OnnxTensor.Create<long>(name, ElementType.Int64, dims, values));
        return this;
    }

    public GraphMaker Constant(OnnxTensor tensor)
    {
        _constants.Add(tensor);
        return this;
    }

    public GraphMaker Node(string @operator, string inputs, string outputs, params OnnxAttribute[] attributes)
    {
        _nodes.Add(OnnxNode.Create(@operator, $"node{_names++}", Split(inputs), Split(outputs), attributes));
        return this;
    }

    /// <summary>An <c>If</c> whose branches are two graphs without inputs.</summary>
    public GraphMaker If(string condition, string output, GraphMaker then, GraphMaker otherwise)
    {
        static byte[] Branch(string name, GraphMaker graph) => new ProtoBuilder().Add(1, name).Add(6, graph.Graph()).Add(20, 5).ToArray();
        var node = new ProtoBuilder().Add(1, condition).Add(2, output).Add(3, "choice").Add(4, "If")
            .Add(5, Branch("then_branch", then)).Add(5, Branch("else_branch", otherwise));
        _nodes.Add(OnnxNode.Read(node.ToArray(), 0));
        return this;
    }

    public byte[] ToArray() => new ProtoBuilder().Add(1, Version.Ir).Add(7, Graph()).Add(8, new ProtoBuilder().Add(1, "").Add(2, Version.Opset)).ToArray();

    public string Write(string folder, string name = "model.onnx")
    {
        var path = Path.Combine(folder, name);
        File.WriteAllBytes(path, ToArray());
        return path;
    }

    /// <summary>Runs a file for its outputs of float32, in their order.</summary>
    public static float[][] Run(string path, params (string Name, OrtValue Value)[] inputs)
    {
        using var session = new InferenceSession(path);
        using var options = new RunOptions();
        using var results = session.Run(options, [.. inputs.Select(input => input.Name)], [.. inputs.Select(input => input.Value)], session.OutputNames);
        return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }

    /// <summary>Numbers about zero, the same for the same seed.</summary>
    public static float[] Random(int seed, long count, double scale = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, (int)count).Select(_ => (float)(scale * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5)))];
    }

    public static OrtValue Floats(float[] values, params long[] dims) => OrtValue.CreateTensorValueFromMemory(values, dims);

    public static OrtValue Longs(long[] values, params long[] dims) => OrtValue.CreateTensorValueFromMemory(values, dims);

    private ProtoBuilder Graph()
    {
        var graph = new ProtoBuilder();
        foreach (var node in _nodes)
        {
            graph.Add(1, node.Unchanged ?? node.Write().ToArray());
        }

        graph.Add(2, "made");
        foreach (var constant in _constants)
        {
            graph.Add(5, constant.Message);
        }

        foreach (var input in _inputs.Concat(HasConstantsAsInputs
            ? _constants.Select(constant => (constant.Name, constant.Type, constant.Dims.Select(dim => $"{dim}").ToArray()))
            : []))
        {
            graph.Add(11, Value(input));
        }

        foreach (var output in _outputs)
        {
            graph.Add(12, Value(output));
        }

        return graph;
    }

    private static ProtoBuilder Value((string Name, int Type, string[] Shape) value)
    {
        var shape = new ProtoBuilder();
        foreach (var axis in value.Shape)
        {
            shape.Add(1, long.TryParse(axis, out var extent) ? new ProtoBuilder().Add(1, extent) : new ProtoBuilder().Add(2, axis));
        }

        return new ProtoBuilder().Add(1, value.Name).Add(2, new ProtoBuilder().Add(1, new ProtoBuilder().Add(1, value.Type).Add(2, shape)));
    }

    private static string[] Split(string names) => [.. names.Split(',').Select(name => name.Trim())];
}

namespace Multimodal.Onnx.Graphs;

/// <summary>A graph (<c>GraphProto</c>): its nodes and constants can be changed, all else is carried through.</summary>
internal sealed class OnnxGraph
{
    private const int NodeField = 1, ConstantField = 5, InputField = 11, OutputField = 12, ValueField = 13, SparseField = 15;
    private const int ValueName = 1, ValueType = 2, TypeTensor = 1, TensorElement = 1, SparseValues = 1, TensorName = 8;
    private const int Deepest = 64;

    private readonly List<ProtoField> _others;

    private OnnxGraph(ReadOnlyMemory<byte> message, int depth)
    {
        if (depth > Deepest)
        {
            throw new InvalidDataException("its graphs are nested too deeply");
        }

        var fields = ProtoFields.Read(message);
        Nodes = [.. fields.Where(item => item.Number == NodeField).Select(item => OnnxNode.Read(item.Content, depth))];
        Constants = [.. fields.Where(item => item.Number == ConstantField).Select(item => OnnxTensor.Read(item.Content))];
        _others = [.. fields.Where(item => item.Number is not (NodeField or ConstantField))];
    }

    /// <summary>In an order in which they can be computed.</summary>
    public List<OnnxNode> Nodes { get; }

    /// <summary>Its initialisers.</summary>
    public List<OnnxTensor> Constants { get; }

    /// <summary>The names of its inputs.</summary>
    public IReadOnlyList<string> Inputs => NamesOf(InputField);

    /// <summary>The names of its outputs.</summary>
    public IReadOnlyList<string> Outputs => NamesOf(OutputField);

    /// <summary>All names that it gives to values, those within its nodes' graphs aside.</summary>
    public IEnumerable<string> Defined => Inputs
        .Concat(Constants.Select(constant => constant.Name))
        .Concat(Nodes.SelectMany(node => node.Outputs))
        .Concat(_others.Where(item => item.Number == SparseField).Select(SparseName))
        .Where(name => name.Length > 0);

    /// <summary>Itself and all graphs within.</summary>
    public IEnumerable<OnnxGraph> All => Nodes.SelectMany(node => node.Graphs).SelectMany(graph => graph.All).Prepend(this);

    public static OnnxGraph Read(ReadOnlyMemory<byte> message, int depth) => new(message, depth);

    /// <summary>The element types of the inputs, outputs and other values that declare one.</summary>
    public IReadOnlyDictionary<string, int> DeclaredTypes() => _others
        .Where(item => item.Number is InputField or OutputField or ValueField)
        .Select(item => (Name: NameOf(item), Type: TypeOf(item)))
        .Where(value => value.Type > 0)
        .DistinctBy(value => value.Name)
        .ToDictionary(value => value.Name, value => value.Type, StringComparer.Ordinal);

    /// <summary>Drops an input.</summary>
    public void RemoveInput(string name) => _others.RemoveAll(item => item.Number == InputField && NameOf(item) == name);

    /// <summary>Drops what is declared of values that are no more.</summary>
    public void RemoveValues(Func<string, bool> isGone) => _others.RemoveAll(item => item.Number == ValueField && isGone(NameOf(item)));

    /// <summary>The message, its fields in the order of their numbers, as serialisers write them.</summary>
    public ProtoBuilder Write()
    {
        var message = new ProtoBuilder();
        foreach (var node in Nodes)
        {
            if (node.Unchanged is { } unchanged)
            {
                message.Add(NodeField, unchanged);
            }
            else
            {
                message.Add(NodeField, node.Write());
            }
        }

        foreach (var item in _others.Where(item => item.Number < ConstantField))
        {
            message.Add(item);
        }

        foreach (var constant in Constants)
        {
            message.Add(ConstantField, constant.Message);
        }

        foreach (var item in _others.Where(item => item.Number > ConstantField))
        {
            message.Add(item);
        }

        return message;
    }

    private List<string> NamesOf(int number) => [.. _others.Where(item => item.Number == number).Select(NameOf)];

    private static string NameOf(ProtoField value) =>
        ProtoFields.Read(value.Content).LastOrDefault(item => item.Number == ValueName) is { IsDelimited: true } name ? name.Text : "";

    private static string SparseName(ProtoField sparse) => Inside(sparse, SparseValues) is { } values
        && ProtoFields.Read(values.Content).LastOrDefault(item => item.Number == TensorName) is { IsDelimited: true } name ? name.Text : "";

    private static int TypeOf(ProtoField value) =>
        Inside(value, ValueType) is { } type && Inside(type, TypeTensor) is { } tensor
        && ProtoFields.Read(tensor.Content).LastOrDefault(item => item.Number == TensorElement) is { Number: > 0, IsDelimited: false } element ? (int)element.Value : 0;

    private static ProtoField? Inside(ProtoField message, int number) =>
        ProtoFields.Read(message.Content).LastOrDefault(item => item.Number == number) is { IsDelimited: true } item ? item : null;
}

namespace Multimodal.Onnx.Graphs;

/// <summary>A node of a graph (<c>NodeProto</c>).</summary>
internal sealed class OnnxNode
{
    private const int InputField = 1, OutputField = 2, NameField = 3, OperatorField = 4, AttributeField = 5, DomainField = 7;
    private const string OwnDomain = "ai.onnx";

    private readonly List<ProtoField> _others;
    private readonly ReadOnlyMemory<byte>? _message;
    private readonly List<string> _inputs;
    private bool _isChanged;

    private OnnxNode(ReadOnlyMemory<byte> message, int depth)
    {
        _message = message;
        var fields = ProtoFields.Read(message);
        _inputs = [.. fields.Where(item => item.Number == InputField).Select(item => item.Text)];
        Outputs = [.. fields.Where(item => item.Number == OutputField).Select(item => item.Text)];
        Name = TextOf(fields, NameField);
        Operator = TextOf(fields, OperatorField);
        Domain = TextOf(fields, DomainField) is var domain && domain == OwnDomain ? "" : domain;
        Attributes = [.. fields.Where(item => item.Number == AttributeField).Select(item => OnnxAttribute.Read(item.Content, depth))];
        _others = [.. fields.Where(item => item.Number is not (InputField or OutputField or AttributeField))];
    }

    private OnnxNode(string @operator, string domain, string name, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<OnnxAttribute> attributes)
    {
        (Operator, Domain, Name, _inputs, Outputs, Attributes) = (@operator, domain, name, [.. inputs], [.. outputs], [.. attributes]);
        var others = new ProtoBuilder().Add(NameField, name).Add(OperatorField, @operator);
        _others = ProtoFields.Read((domain.Length > 0 ? others.Add(DomainField, domain) : others).ToArray());
    }

    public string Name { get; }

    public string Operator { get; }

    /// <summary>The set of operators that it is of; that of ONNX itself is the empty name.</summary>
    public string Domain { get; }

    /// <summary>What it takes; an empty name where an input is left out.</summary>
    public IReadOnlyList<string> Inputs => _inputs;

    public IReadOnlyList<string> Outputs { get; }

    public IReadOnlyList<OnnxAttribute> Attributes { get; }

    /// <summary>The graphs within it.</summary>
    public IEnumerable<OnnxGraph> Graphs => Attributes.SelectMany(attribute => attribute.Graphs);

    /// <summary>What it is called in reports.</summary>
    public string Title => Name.Length > 0 ? Name : Outputs.FirstOrDefault(output => output.Length > 0) ?? Operator;

    public static OnnxNode Read(ReadOnlyMemory<byte> message, int depth) => new(message, depth);

    public static OnnxNode Create(
        string @operator, string name, IEnumerable<string> inputs, IEnumerable<string> outputs, IEnumerable<OnnxAttribute>? attributes = null, string domain = "") =>
        new(@operator, domain, name, inputs, outputs, attributes ?? []);

    /// <summary>Whether it is an operator of ONNX's own.</summary>
    public bool Is(params ReadOnlySpan<string> operators) => Domain.Length == 0 && operators.Contains(Operator);

    /// <summary>An attribute that is a whole number.</summary>
    public long Int(string name, long fallback) => Attributes.FirstOrDefault(attribute => attribute.Name == name)?.Int ?? fallback;

    /// <summary>An attribute that is a float.</summary>
    public float Float(string name, float fallback) => Attributes.FirstOrDefault(attribute => attribute.Name == name)?.Float ?? fallback;

    /// <summary>Takes another value in the place of one.</summary>
    public void SetInput(int index, string name) => (_inputs[index], _isChanged) = (name, true);

    /// <summary>The message; as it was read where nothing is changed.</summary>
    public ReadOnlyMemory<byte>? Unchanged => _isChanged || Graphs.Any() ? null : _message;

    /// <summary>The message.</summary>
    public ProtoBuilder Write()
    {
        var message = new ProtoBuilder();
        foreach (var input in _inputs)
        {
            message.Add(InputField, input);
        }

        foreach (var output in Outputs)
        {
            message.Add(OutputField, output);
        }

        // In the order of their numbers, as serialisers write them.
        foreach (var item in _others.Where(item => item.Number < AttributeField))
        {
            message.Add(item);
        }

        foreach (var attribute in Attributes)
        {
            if (attribute.Graphs.Count > 0)
            {
                message.Add(AttributeField, attribute.Write());
            }
            else
            {
                message.Add(AttributeField, attribute.Message);
            }
        }

        foreach (var item in _others.Where(item => item.Number > AttributeField))
        {
            message.Add(item);
        }

        return message;
    }

    private static string TextOf(List<ProtoField> fields, int number) =>
        fields.LastOrDefault(item => item.Number == number) is { IsDelimited: true } item ? item.Text : "";
}

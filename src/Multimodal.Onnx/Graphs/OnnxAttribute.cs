namespace Multimodal.Onnx.Graphs;

/// <summary>An attribute of a node (<c>AttributeProto</c>), with the graphs that it may hold.</summary>
internal sealed class OnnxAttribute
{
    private const int NameField = 1, FloatField = 2, IntField = 3, TensorField = 5, GraphField = 6, GraphsField = 11, TypeField = 20;
    private const int FloatKind = 1, IntKind = 2;

    private readonly List<ProtoField> _fields;
    private readonly ReadOnlyMemory<byte> _message;

    private OnnxAttribute(ReadOnlyMemory<byte> message, int depth)
    {
        _message = message;
        _fields = ProtoFields.Read(message);
        Name = _fields.LastOrDefault(item => item.Number == NameField) is { IsDelimited: true } name ? name.Text : "";
        Graphs = [.. _fields.Where(item => item.Number is GraphField or GraphsField).Select(item => OnnxGraph.Read(item.Content, depth + 1))];
    }

    public string Name { get; }

    /// <summary>The graphs that it holds: the branches of <c>If</c>, the body of <c>Loop</c>.</summary>
    public IReadOnlyList<OnnxGraph> Graphs { get; }

    /// <summary>Its value, where it is a whole number.</summary>
    public long Int => _fields.LastOrDefault(item => item.Number == IntField) is { Number: > 0 } item ? (long)item.Value : 0;

    /// <summary>Its value, where it is a float.</summary>
    public float Float => _fields.LastOrDefault(item => item.Number == FloatField) is { Number: > 0 } item ? BitConverter.UInt32BitsToSingle((uint)item.Value) : 0;

    /// <summary>Its value, where it is a tensor.</summary>
    public OnnxTensor? Tensor => _fields.LastOrDefault(item => item.Number == TensorField) is { Number: > 0 } item ? OnnxTensor.Read(item.Content) : null;

    public static OnnxAttribute Read(ReadOnlyMemory<byte> message, int depth) => new(message, depth);

    public static OnnxAttribute Create(string name, long value) =>
        new(new ProtoBuilder().Add(NameField, name).Add(IntField, value).Add(TypeField, IntKind).ToArray(), 0);

    public static OnnxAttribute Create(string name, float value) =>
        new(new ProtoBuilder().Add(NameField, name).Add(FloatField, value).Add(TypeField, FloatKind).ToArray(), 0);

    /// <summary>The message; graphs in it as they are by now.</summary>
    public ProtoBuilder Write()
    {
        var message = new ProtoBuilder();
        var graphs = new Queue<OnnxGraph>(Graphs);
        foreach (var item in _fields)
        {
            if (item.Number is GraphField or GraphsField)
            {
                message.Add(item.Number, graphs.Dequeue().Write());
            }
            else
            {
                message.Add(item);
            }
        }

        return message;
    }

    /// <summary>The message as it was read.</summary>
    public ReadOnlyMemory<byte> Message => _message;
}

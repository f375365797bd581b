using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Format;

/// <summary>
/// Finds the files beside an ONNX file that hold its large tensors: <c>TensorProto.external_data</c>, entry <c>location</c>.
/// Format: onnx/onnx.proto of github.com/onnx/onnx; the numbers below are its fields.
/// </summary>
internal static class ExternalData
{
    private const int ModelGraph = 7, ModelFunctions = 25;
    private const int GraphNode = 1, GraphInitializer = 5, GraphSparseInitializer = 15, FunctionNode = 7;
    private const int NodeAttribute = 5;
    private const int AttributeTensor = 5, AttributeGraph = 6, AttributeTensors = 10, AttributeGraphs = 11, AttributeSparse = 22, AttributeSparses = 23;
    private const int SparseValues = 1, SparseIndices = 2;
    private const int TensorExternal = 13, EntryKey = 1, EntryValue = 2;
    private const int Deepest = 64;

    private enum Message
    {
        Model,
        Graph,
        Function,
        Node,
        Attribute,
        Sparse,
        Tensor,
    }

    /// <summary>The locations that an ONNX file names, relative to its folder, each once, sorted.</summary>
    /// <exception cref="PipelineException">The file is not ONNX.</exception>
    public static IReadOnlyList<string> Find(string path)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.SequentialScan);
            Read(new ProtobufReader(stream), stream.Length, Message.Model, 0, found);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new PipelineException($"{path} is not an ONNX model: {e.Message}.", e);
        }

        return [.. found];
    }

    private static void Read(ProtobufReader reader, long end, Message message, int depth, SortedSet<string> found)
    {
        if (depth > Deepest)
        {
            throw new InvalidDataException("its graphs are nested too deeply");
        }

        while (reader.Position < end)
        {
            var (field, delimited, length) = reader.ReadHead(end);
            if (!delimited)
            {
                continue;
            }

            if (message == Message.Tensor && field == TensorExternal)
            {
                ReadEntry(reader, reader.Position + length, found);
            }
            else if (Within(message, field) is { } inner)
            {
                Read(reader, reader.Position + length, inner, depth + 1, found);
            }
            else
            {
                reader.Skip(length, end);
            }
        }
    }

    private static Message? Within(Message message, int field) => (message, field) switch
    {
        (Message.Model, ModelGraph) => Message.Graph,
        (Message.Model, ModelFunctions) => Message.Function,
        (Message.Graph, GraphNode) or (Message.Function, FunctionNode) => Message.Node,
        (Message.Graph, GraphInitializer) => Message.Tensor,
        (Message.Graph, GraphSparseInitializer) => Message.Sparse,
        (Message.Node, NodeAttribute) => Message.Attribute,
        (Message.Attribute, AttributeTensor or AttributeTensors) => Message.Tensor,
        (Message.Attribute, AttributeGraph or AttributeGraphs) => Message.Graph,
        (Message.Attribute, AttributeSparse or AttributeSparses) => Message.Sparse,
        (Message.Sparse, SparseValues or SparseIndices) => Message.Tensor,
        _ => null,
    };

    private static void ReadEntry(ProtobufReader reader, long end, SortedSet<string> found)
    {
        var (key, value) = ("", "");
        while (reader.Position < end)
        {
            var (field, delimited, length) = reader.ReadHead(end);
            if (delimited)
            {
                var text = reader.ReadString(length);
                (key, value) = field switch
                {
                    EntryKey => (text, value),
                    EntryValue => (key, text),
                    _ => (key, value),
                };
            }
        }

        if (key == "location")
        {
            found.Add(value);
        }
    }
}

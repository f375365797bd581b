using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Format;

/// <summary>
/// Reads of an ONNX file the versions that it is written in, and the files beside it that hold its large tensors
/// (<c>TensorProto.external_data</c>, entry <c>location</c>); weights are passed over. Format: onnx/onnx.proto of github.com/onnx/onnx; the
/// numbers below are its fields.
/// </summary>
internal sealed class OnnxFileReader
{
    private const int ModelVersion = 1, ModelGraph = 7, ModelOpset = 8, ModelFunctions = 25;
    private const int OpsetDomain = 1, OpsetVersion = 2;
    private const int GraphNode = 1, GraphInitializer = 5, GraphSparseInitializer = 15, FunctionNode = 7;
    private const int NodeAttribute = 5;
    private const int AttributeTensor = 5, AttributeGraph = 6, AttributeTensors = 10, AttributeGraphs = 11, AttributeSparse = 22, AttributeSparses = 23;
    private const int SparseValues = 1, SparseIndices = 2;
    private const int TensorExternal = 13, EntryKey = 1, EntryValue = 2;
    private const int Deepest = 64;

    // The domain of ONNX's own operators has two spellings.
    private const string OwnDomain = "ai.onnx";

    private readonly SortedSet<string> _locations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _opsets = new(StringComparer.Ordinal);
    private readonly ProtobufReader _reader;
    private long _version;

    private OnnxFileReader(Stream stream) => _reader = new ProtobufReader(stream);

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

    /// <summary>Reads.</summary>
    /// <exception cref="PipelineException">The file is not ONNX, or is not there.</exception>
    public static OnnxFile Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 4096, FileOptions.SequentialScan);
            var reader = new OnnxFileReader(stream);
            reader.Read(stream.Length, Message.Model, 0);
            return new OnnxFile(path, reader._version, reader._opsets, [.. reader._locations], stream.Length + reader._locations.Sum(location => SizeOf(path, location)));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new PipelineException($"{path} is not an ONNX model: {e.Message}.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PipelineException($"{path} is missing.", e);
        }
    }

    // What a damaged file names may be no name at all.
    private static long SizeOf(string path, string location) =>
        !location.Contains('\0', StringComparison.Ordinal)
        && new FileInfo(Path.Combine(Path.GetDirectoryName(path)!, location)) is { Exists: true } found ? found.Length : 0;

    private void Read(long end, Message message, int depth)
    {
        if (depth > Deepest)
        {
            throw new InvalidDataException("its graphs are nested too deeply");
        }

        while (_reader.Position < end)
        {
            var (field, delimited, length) = _reader.ReadHead(end);
            if (!delimited)
            {
                _version = message == Message.Model && field == ModelVersion ? length : _version;
                continue;
            }

            var inside = _reader.Position + length;
            if (message == Message.Tensor && field == TensorExternal)
            {
                ReadEntry(inside);
            }
            else if (message == Message.Model && field == ModelOpset)
            {
                ReadOpset(inside);
            }
            else if (Within(message, field) is { } inner)
            {
                Read(inside, inner, depth + 1);
            }
            else
            {
                _reader.Skip(length, end);
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

    private void ReadEntry(long end)
    {
        var (key, value) = ("", "");
        while (_reader.Position < end)
        {
            var (field, delimited, length) = _reader.ReadHead(end);
            if (delimited)
            {
                var text = _reader.ReadString(length);
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
            _locations.Add(value);
        }
    }

    private void ReadOpset(long end)
    {
        var (domain, version) = ("", 0L);
        while (_reader.Position < end)
        {
            var (field, delimited, length) = _reader.ReadHead(end);
            if (delimited)
            {
                var text = _reader.ReadString(length);
                domain = field == OpsetDomain ? text : domain;
            }
            else if (field == OpsetVersion)
            {
                version = length;
            }
        }

        _opsets[domain == OwnDomain ? "" : domain] = version;
    }
}

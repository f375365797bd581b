using Google.Protobuf;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Graphs;

/// <summary>
/// An ONNX file whose graph can be changed (<c>ModelProto</c>). What is not understood, and what is not changed, is written as it was read.
/// Format: onnx/onnx.proto of github.com/onnx/onnx; the numbers here and beside are its fields.
/// </summary>
internal sealed class OnnxDocument
{
    private const int VersionField = 1, GraphField = 7, OpsetField = 8;
    private const int OpsetDomain = 1, OpsetVersion = 2;
    private const int FirstWithFreeConstants = 4;
    private const string OwnDomain = "ai.onnx";

    private readonly List<ProtoField> _others;

    private OnnxDocument(ReadOnlyMemory<byte> message)
    {
        var fields = ProtoFields.Read(message);
        var graph = fields.LastOrDefault(item => item.Number == GraphField);
        Graph = graph.IsDelimited ? OnnxGraph.Read(graph.Content, 0) : throw new InvalidDataException("it holds no graph");
        _others = [.. fields.Where(item => item.Number != GraphField)];
    }

    public OnnxGraph Graph { get; }

    /// <summary>The version of ONNX's own operators; 0 where none is named.</summary>
    public long Opset => Opsets.Where(opset => opset.Domain.Length == 0).Select(opset => opset.Version).LastOrDefault();

    /// <summary>Whether constants may stand without being inputs; before that version of the format they could not.</summary>
    public bool HasFreeConstants => Version >= FirstWithFreeConstants;

    private long Version => _others.LastOrDefault(item => item.Number == VersionField) is { Number: > 0 } version ? (long)version.Value : 0;

    private IEnumerable<(string Domain, long Version)> Opsets => _others.Where(item => item.Number == OpsetField).Select(item =>
    {
        var fields = ProtoFields.Read(item.Content);
        var domain = fields.LastOrDefault(inner => inner.Number == OpsetDomain) is { IsDelimited: true } name ? name.Text : "";
        var version = fields.LastOrDefault(inner => inner.Number == OpsetVersion) is { Number: > 0 } number ? (long)number.Value : 0;
        return (domain == OwnDomain ? "" : domain, version);
    });

    /// <summary>Reads a message. The bytes are not copied, and must not change.</summary>
    /// <param name="path">What it is of, for messages.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="PipelineException">It is no ONNX model.</exception>
    public static OnnxDocument Read(string path, ReadOnlyMemory<byte> message)
    {
        try
        {
            return new OnnxDocument(message);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidDataException)
        {
            throw new PipelineException($"{path} is not an ONNX model: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <summary>Declares a set of operators, where it is not declared yet.</summary>
    public void RequireOpset(string domain, long version)
    {
        if (!Opsets.Any(opset => opset.Domain == domain))
        {
            var opset = new ProtoBuilder().Add(OpsetDomain, domain).Add(OpsetVersion, version);
            _others.AddRange(ProtoFields.Read(new ProtoBuilder().Add(OpsetField, opset).ToArray()));
        }
    }

    /// <summary>The message, its fields in the order of their numbers, as serialisers write them.</summary>
    public ProtoBuilder Write()
    {
        var message = new ProtoBuilder();
        foreach (var item in _others.Where(item => item.Number < GraphField))
        {
            message.Add(item);
        }

        message.Add(GraphField, Graph.Write());
        foreach (var item in _others.Where(item => item.Number > GraphField))
        {
            message.Add(item);
        }

        return message;
    }
}

using CsCheck;
using Multimodal.Onnx.Graphs;
using Multimodal.Pipeline.Models;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests.Graphs;

/// <summary>Files are written as they were read, but for what is changed: what is not understood keeps every byte.</summary>
public sealed class OnnxDocumentTests
{
    // Fields that no version of the format has, of every kind, groups among them.
    private static readonly Gen<byte[]> Unknown = Gen.Select(Gen.Int[100, 5000], Gen.Int[0, 3], Gen.Byte.Array[0, 40], Gen.Long, (number, kind, bytes, value) => kind switch
    {
        0 => new ProtoBuilder().Add(number, value).ToArray(),
        1 => new ProtoBuilder().Add(number, (ReadOnlyMemory<byte>)bytes).ToArray(),
        2 => new ProtoBuilder().Add(number, (float)value).ToArray(),
        _ => [.. Key(number, 3), .. new ProtoBuilder().Add(1, value).ToArray(), .. Key(number, 4)],
    });

    public static TheoryData<string> Files =>
        [.. Directory.EnumerateFiles(TestPaths.Models, "*.onnx", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(TestPaths.Models, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Write_FileThatIsNotChanged_IsEqualToTheByte(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(TestPaths.Models, file));

        Assert.Equal(bytes, OnnxDocument.Read(file, bytes).Write().ToArray());
    }

    [Fact]
    public void Write_UnknownFieldsOnEveryLevel_AreEqualToTheByte() =>
        Unknown.Array[0, 3].Array[7].Sample(unknown =>
        {
            var bytes = WithUnknown(unknown);
            return OnnxDocument.Read("made", bytes).Write().ToArray().AsSpan().SequenceEqual(bytes);
        });

    [Fact]
    public void Write_AfterAChangeOfEveryNode_KeepsEveryUnknownByte() =>
        Unknown.Array[1, 3].Array[7].Sample(unknown =>
        {
            var document = OnnxDocument.Read("made", WithUnknown(unknown));
            foreach (var node in document.Graph.All.SelectMany(graph => graph.Nodes))
            {
                node.SetInput(0, "another");
            }

            var written = document.Write().ToArray();
            return unknown.SelectMany(level => level).All(field => written.AsSpan().IndexOf(field) >= 0)
                && OnnxDocument.Read("again", written).Graph.All.SelectMany(graph => graph.Nodes).All(node => node.Inputs[0] == "another");
        });

    [Fact]
    public void Read_FileThatBreaksOff_IsRefusedByName()
    {
        var bytes = WithUnknown([[], [], [], [], [], [], []]);

        // After the graph only the operators' version follows; without it a file may be read.
        for (var length = 0; length < bytes.Length - 4; length++)
        {
            var refusal = Assert.ThrowsAny<PipelineException>(() => OnnxDocument.Read("cut.onnx", bytes.AsMemory(0, length).ToArray()));
            Assert.StartsWith("cut.onnx is not an ONNX model", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_DamagedFile_IsReadOrRefused() =>
        Gen.Select(Gen.Int[0, 400], Gen.Byte).Array[1, 4].Sample(damage =>
        {
            var bytes = WithUnknown([[], [], [], [], [], [], []]);
            foreach (var (place, value) in damage)
            {
                bytes[place % bytes.Length] = value;
            }

            try
            {
                OnnxDocument.Read("damaged", bytes);
            }
            catch (PipelineException e)
            {
                Assert.Contains("damaged is not an ONNX model", e.Message, StringComparison.Ordinal);
            }
        });

    [Fact]
    public void Read_GraphsNestedTooDeeply_IsRefused()
    {
        var graph = new ProtoBuilder().Add(2, "innermost");
        for (var depth = 0; depth < 80; depth++)
        {
            graph = new ProtoBuilder().Add(1, new ProtoBuilder().Add(4, "If").Add(5, new ProtoBuilder().Add(1, "body").Add(6, graph)));
        }

        var refusal = Assert.Throws<PipelineException>(() => OnnxDocument.Read("deep", new ProtoBuilder().Add(7, graph).ToArray()));
        Assert.Contains("nested too deeply", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 32)]
    public void Read_ExtentsThatCannotBe_AreRefused(long extent)
    {
        var tensor = new ProtoBuilder().Add(1, extent).Add(1, extent).Add(2, ElementType.Float).Add(8, "w");

        Assert.Throws<PipelineException>(() => OnnxDocument.Read("made", new ProtoBuilder().Add(7, new ProtoBuilder().Add(5, tensor)).ToArray()));
    }

    // A model of two nodes, the second with a graph in it, and a constant; fields in the order of their numbers.
    private static byte[] WithUnknown(byte[][][] unknown)
    {
        ProtoBuilder End(ProtoBuilder message, int level)
        {
            foreach (var field in unknown[level].SelectMany(bytes => ProtoFields.Read(bytes)))
            {
                message.Add(field);
            }

            return message;
        }

        var inner = End(new ProtoBuilder().Add(1, End(new ProtoBuilder().Add(1, "x").Add(2, "z").Add(3, "in").Add(4, "Relu"), 0)).Add(2, "body"), 1);
        var attribute = End(new ProtoBuilder().Add(1, "then_branch").Add(6, inner).Add(20, 5), 2);
        var nodes = (
            new ProtoBuilder().Add(1, "x").Add(1, "w").Add(2, "y").Add(3, "first").Add(4, "Mul").Add(7, "some.domain"),
            End(new ProtoBuilder().Add(1, "c").Add(2, "z").Add(4, "If").Add(5, attribute).Add(6, "told"), 3));
        var tensor = End(new ProtoBuilder().Add(1, 1L).Add(2, ElementType.Float).Add(4, new byte[] { 0, 0, 128, 63 }).Add(8, "w"), 4);
        var graph = End(new ProtoBuilder().Add(1, nodes.Item1).Add(1, nodes.Item2).Add(2, "made").Add(5, tensor).Add(11, new ProtoBuilder().Add(1, "x")), 5);
        return End(new ProtoBuilder().Add(1, 8L).Add(2, "maker").Add(7, graph).Add(8, new ProtoBuilder().Add(2, 17L)), 6).ToArray();
    }

    private static byte[] Key(int number, int kind)
    {
        var bytes = new List<byte>();
        for (var left = (uint)((number << 3) | kind); ; left >>= 7)
        {
            bytes.Add((byte)(left < 0x80 ? left : left | 0x80));
            if (left < 0x80)
            {
                return [.. bytes];
            }
        }
    }
}

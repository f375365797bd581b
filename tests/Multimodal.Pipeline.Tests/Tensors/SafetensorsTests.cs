using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Tests.Tensors;

public sealed class SafetensorsTests
{
    private static readonly Gen<HostTensor> Tensor = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5].Array[0, 3], Gen.Int).Select((type, shape, seed) =>
    {
        var elementType = (TensorType)type;
        var bytes = new byte[shape.Aggregate(1, (product, extent) => product * extent) * HostTensor.SizeOf(elementType)];
        new Random(seed).NextBytes(bytes);
        return HostTensor.FromBytes(elementType, shape, bytes);
    });

    [Fact]
    public void Write_AnyTensors_AreReadBack() =>
        Gen.Dictionary(Gen.String[1, 8].Where(name => name != "__metadata__" && IsWellFormed(name)), Tensor)[0, 5].Sample(tensors =>
        {
            var file = Safetensors.Read(Safetensors.Write(tensors, new Dictionary<string, string> { ["a key"] = "a value" }));

            Assert.Equal(tensors.Count, file.Tensors.Count);
            Assert.Equal("a value", file.Metadata["a key"]);
            foreach (var (name, tensor) in tensors)
            {
                Assert.Equal(tensor.Type, file.Tensors[name].Type);
                Assert.Equal(tensor.Shape, file.Tensors[name].Shape);
                Assert.Equal(tensor.Bytes.ToArray(), file.Tensors[name].Bytes.ToArray());
            }
        });

    [Fact]
    public void Write_KnownTensor_HasTheFormatsBytes()
    {
        var file = Safetensors.Write([new("x", HostTensor.Create<float>([1, -2], 2))]);

        const string header = """{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        Assert.Equal((ulong)((header.Length + 7) / 8 * 8), BinaryPrimitives.ReadUInt64LittleEndian(file));
        Assert.Equal(header, Encoding.UTF8.GetString(file, 8, header.Length));
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0], file[^8..]);
    }

    [Fact]
    public void Write_SameTensorsInAnotherOrder_GivesTheSameBytes()
    {
        KeyValuePair<string, HostTensor> a = new("a", HostTensor.Create<float>([1], 1));
        KeyValuePair<string, HostTensor> b = new("b", HostTensor.Create<long>([2], 1));

        Assert.Equal(Safetensors.Write([a, b]), Safetensors.Write([b, a]));
    }

    [Fact]
    public void Read_MutatedFile_ThrowsNothingButInvalidData()
    {
        var file = Safetensors.Write([new("x", HostTensor.Create<float>([1, 2, 3], 3)), new("y", HostTensor.Create<byte>([1], 1))]);
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte, Gen.Int[0, file.Length]).Sample((place, value, length) =>
        {
            var mutated = file.ToArray();
            mutated[place] = value;
            try
            {
                Safetensors.Read(mutated.AsMemory(0, length));
            }
            catch (InvalidDataException)
            {
                // What a damaged file is meant to give.
            }
        });
    }

    [Theory]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,80]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""")]
    [InlineData("""{"x":{"dtype":"F32","shape":[2147483647,2147483647,4],"data_offsets":[0,8]}}""")]
    [InlineData("""{"x":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"x":{"shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("[]")]
    [InlineData("{")]
    public void Read_BadHeader_Throws(string header)
    {
        var file = new byte[8 + header.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        Encoding.UTF8.GetBytes(header, file.AsSpan(8));

        Assert.Throws<InvalidDataException>(() => Safetensors.Read(file));
    }

    [Fact]
    public void Read_HeaderLongerThanTheFile_Throws()
    {
        var file = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(file, long.MaxValue);

        Assert.Throws<InvalidDataException>(() => Safetensors.Read(file));
    }

    private static bool IsWellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text;
}

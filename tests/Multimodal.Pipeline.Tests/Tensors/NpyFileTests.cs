using System.Buffers.Binary;
using System.Text;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Tests.Tensors;

public sealed class NpyFileTests
{
    [Theory]
    [InlineData(TensorType.Float32, "<f4", 4, new[] { 2, 3 }, "(2, 3)")]
    [InlineData(TensorType.Float16, "<f2", 2, new[] { 5 }, "(5,)")]
    [InlineData(TensorType.Int64, "<i8", 8, new[] { 1, 2, 3 }, "(1, 2, 3)")]
    [InlineData(TensorType.UInt8, "|u1", 1, new int[0], "()")]
    public void Write_Tensor_HasNumPysHeaderAndItsBytes(TensorType type, string descr, int size, int[] shape, string literal)
    {
        byte[] bytes = [.. Enumerable.Range(1, size * shape.Aggregate(1, (product, extent) => product * extent)).Select(i => (byte)i)];

        var file = NpyFile.Write(HostTensor.FromBytes(type, shape, bytes));

        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], file[..8]);
        var header = 10 + BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8));
        Assert.Equal(0, header % 64);
        Assert.Equal($"{{'descr': '{descr}', 'fortran_order': False, 'shape': {literal}, }}", Encoding.ASCII.GetString(file[10..header]).TrimEnd(' ', '\n'));
        Assert.Equal((byte)'\n', file[header - 1]);
        Assert.Equal(bytes, file[header..]);
    }
}

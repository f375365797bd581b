using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Tests.Tensors;

public sealed class HostTensorTests
{
    [Fact]
    public void Create_Values_AreRead()
    {
        var tensor = HostTensor.Create<long>([1, 2, 3, 4, 5, 6], 2, 3);

        Assert.Equal(TensorType.Int64, tensor.Type);
        Assert.Equal([2, 3], tensor.Shape);
        Assert.Equal(6, tensor.ElementCount);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.AsSpan<long>().ToArray());
    }

    [Fact]
    public void Create_ShapeOfAnotherSize_Throws() =>
        Assert.Throws<ArgumentException>(() => HostTensor.Create<float>([1, 2, 3], 2, 2));

    [Fact]
    public void AsSpan_AnotherType_Throws() =>
        Assert.Throws<InvalidOperationException>(() => HostTensor.Create<float>([1], 1).AsSpan<long>().Length);

    [Fact]
    public void FromBytes_NegativeExtent_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => HostTensor.FromBytes(TensorType.UInt8, [-1], Array.Empty<byte>()));
}

using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Tasks;
using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Tests.Tasks;

public sealed class LinearHeadTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void Evaluate_WrittenAndRead_GivesTheAffineMap()
    {
        File.WriteAllBytes(_file, LinearHead.Write([[1, 2, 3], [0, -1, 0.5f]], [0.25f, -1]));
        using var head = LinearHead.Load(_file);

        Assert.Equal([[6.25f, -1.5f], [1.25f, -1]], head.Evaluate([new float[] { 1, 1, 1 }, new float[] { 1, 0, 0 }]));
    }

    [Fact]
    public void Evaluate_EmbeddingOfOtherLength_Throws()
    {
        File.WriteAllBytes(_file, LinearHead.Write([[1, 2], [3, 4]], [0, 0]));
        using var head = LinearHead.Load(_file);

        Assert.Throws<PipelineException>(() => head.Evaluate([new float[] { 1 }]));
    }

    [Fact]
    public void Load_OtherContent_Throws()
    {
        File.WriteAllBytes(_file, [1, 2, 3]);
        Assert.Throws<PipelineException>(() => LinearHead.Load(_file));

        File.WriteAllBytes(_file, Safetensors.Write(new Dictionary<string, HostTensor> { ["weight"] = HostTensor.Create<float>([1, 2], 1, 2) }));
        Assert.Throws<PipelineException>(() => LinearHead.Load(_file));
    }

    public void Dispose() => File.Delete(_file);
}

using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Parity;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Onnx.Tests.Parity;

/// <summary>The networks of <c>digits</c> against references of their own making, right and wrong.</summary>
public sealed class EncoderParityTests : IDisposable
{
    private readonly DirectoryInfo _models = Directory.CreateTempSubdirectory("parity-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Check_TrueReferences_Hold()
    {
        using var pipeline = await LoadAsync(vector => vector);

        var report = Assert.Single(await EncoderParity.CheckAsync(pipeline, Token));

        Assert.Equal((Modality.Text, 3, true), (report.Modality, report.Items, report.Holds));
        Assert.Null(EncoderParity.Describe(pipeline, [report], ["CPUExecutionProvider"]));
    }

    [Fact]
    public async Task Check_OneOtherEmbedding_NamesModelAndProvider()
    {
        using var pipeline = await LoadAsync(vector => [.. vector.Reverse()]);

        var report = Assert.Single(await new EncoderParity().CheckOnceAsync(pipeline));

        Assert.False(report.Holds);
        var fault = EncoderParity.Describe(pipeline, [report], ["CPUExecutionProvider"]);
        Assert.Contains("text-encoder.onnx of 'digits'", fault, StringComparison.Ordinal);
        Assert.Contains("CPUExecutionProvider", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_EmbeddingThatIsNotANumber_DoesNotHold()
    {
        using var pipeline = await LoadAsync(vector => [float.NaN, .. vector[1..]]);

        Assert.False(Assert.Single(await EncoderParity.CheckAsync(pipeline, Token)).Holds);
    }

    [Fact]
    public async Task Check_FileOfAnotherKind_IsRefused()
    {
        using var pipeline = Load("no safetensors"u8.ToArray());

        var refusal = await Assert.ThrowsAsync<PipelineException>(() => EncoderParity.CheckAsync(pipeline, Token));
        Assert.Contains("references", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_PipelineThatAsksForLess_HoldsAboveThat()
    {
        // One in sixteen turned about: near, but not as near as is usual.
        float[] Turn(float[] vector) => [.. vector.Index().Select(item => item.Index % 16 == 0 ? -item.Item : item.Item)];
        using var strict = await LoadAsync(Turn);
        var cosine = Assert.Single(await EncoderParity.CheckAsync(strict, Token)).LeastCosine;
        using var lenient = await LoadAsync(Turn, cosine - 0.001);

        var report = Assert.Single(await EncoderParity.CheckAsync(lenient, Token));

        Assert.InRange(cosine, 0.5, 0.99);
        Assert.True(report.Holds);
        Assert.Equal(cosine - 0.001, report.Asked, 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(-0.5)]
    public async Task Load_AskedCosineThatCannotBe_IsRefused(double asked)
    {
        var refusal = await Assert.ThrowsAsync<PipelineException>(() => LoadAsync(vector => vector, asked));
        Assert.Contains("referenceCosine", refusal.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _models.Delete(recursive: true);

    private async Task<LoadedPipeline> LoadAsync(Func<float[], float[]> change, double? asked = null)
    {
        using var encoder = new OnnxModelFactory(new OnnxOptions()).CreateEncoder(new ModelRepository(TestPaths.Models).Load("digits"), Modality.Text);
        var items = new List<ReferenceItem>();
        for (var i = 0; i < 3; i++)
        {
            long[] ids = [.. Enumerable.Range(2, 5 + i).Select(id => (long)id)];
            var features = new Features(
                Modality.Text, new Dictionary<string, HostTensor> { ["input_ids"] = HostTensor.Create<long>(ids, ids.Length) }, new InputFacts { MediaType = "text/plain" });
            var vector = (await encoder.GenerateAsync([features], cancellationToken: Token))[0].Vector.ToArray();
            items.Add(new ReferenceItem(features, i == 1 ? change(vector) : vector));
        }

        return Load(ReferenceFile.Write(items), asked);
    }

    private LoadedPipeline Load(byte[] reference, double? asked = null)
    {
        var folder = _models.CreateSubdirectory("digits");
        foreach (var file in new DirectoryInfo(Path.Combine(TestPaths.Models, "digits")).EnumerateFiles())
        {
            file.CopyTo(Path.Combine(folder.FullName, file.Name), overwrite: true);
        }

        File.WriteAllBytes(Path.Combine(folder.FullName, "text-reference.safetensors"), reference);
        var path = Path.Combine(folder.FullName, ModelRepository.DefinitionFile);
        var definition = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var (_, encoder) in definition["encoders"]!.AsObject())
        {
            encoder!.AsObject().Remove("reference");
        }

        definition["encoders"]!["text"]!["reference"] = "text-reference.safetensors";
        if (asked is not null)
        {
            definition["encoders"]!["text"]!["referenceCosine"] = asked;
        }

        definition["files"]!["text-reference.safetensors"] = Convert.ToHexStringLower(SHA256.HashData(reference));
        File.WriteAllText(path, definition.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        return new LoadedPipeline(
            new ModelRepository(_models.FullName).Load("digits"),
            new PreprocessorFactory(new NoImages(), new InputLimits()),
            new OnnxModelFactory(new OnnxOptions()));
    }
}

using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Onnx.Tests.HuggingFace;

/// <summary>Encoders as exporters write them, against what torch gives for the same inputs.</summary>
public sealed class ExportedEncoderTests
{
    private static readonly OnnxModelFactory Factory = new(new OnnxOptions { MaximumBatch = 3 });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, Modality, string, string, Pooling, bool, float> Encoders => new()
    {
        { "clip", Modality.Image, "onnx/vision_model.onnx", "image_embeds", Pooling.None, true, 1e-5f },
        { "clip", Modality.Text, "onnx/text_model.onnx", "text_embeds", Pooling.None, true, 1e-5f },
        { "clip", Modality.Image, "onnx/vision_model_fp16.onnx", "image_embeds", Pooling.None, true, 5e-3f },
        { "clip", Modality.Image, "onnx/vision_model_quantized.onnx", "image_embeds", Pooling.None, true, 0.05f },
        { "siglip", Modality.Text, "onnx/text_model.onnx", "pooler_output", Pooling.None, true, 1e-5f },
        { "clap", Modality.Audio, "onnx/audio_model.onnx", "audio_embeds", Pooling.None, true, 1e-5f },
        { "clap", Modality.Text, "onnx/text_model.onnx", "text_embeds", Pooling.None, true, 1e-5f },
        { "bert", Modality.Text, "onnx/model.onnx", "last_hidden_state", Pooling.Mean, true, 1e-5f },
        { "bert", Modality.Text, "onnx/model_int32.onnx", "last_hidden_state", Pooling.Mean, true, 1e-5f },
        { "decoder", Modality.Text, "model.onnx", "last_hidden_state", Pooling.Last, false, 1e-5f },
        { "vit", Modality.Image, "onnx/model.onnx", "pooler_output", Pooling.None, false, 1e-5f },
        { "dinov2", Modality.Image, "model.onnx", "last_hidden_state", Pooling.First, false, 1e-5f },
        { "convnext", Modality.Image, "onnx/model.onnx", "last_hidden_state", Pooling.SpatialMean, false, 1e-5f },
        { "whisper", Modality.Audio, "onnx/encoder_model.onnx", "last_hidden_state", Pooling.Mean, false, 1e-5f },
        { "wav2vec2", Modality.Audio, "onnx/model.onnx", "last_hidden_state", Pooling.Mean, false, 1e-5f },
    };

    [Theory]
    [MemberData(nameof(Encoders))]
    public async Task Generate_OneBatch_EqualsTorch(string folder, Modality modality, string model, string output, Pooling pooling, bool normalize, float tolerance)
    {
        var expected = SmallModels.Expected(folder, modality);
        using var encoder = Factory.CreateEncoder(
            Folder(folder, modality, Definition(model, expected[0].Embedding.Length, output, pooling, normalize), Extra(folder)), modality);

        var embeddings = await encoder.GenerateAsync(expected.Select(item => item.Features), cancellationToken: Token);

        for (var i = 0; i < expected.Count; i++)
        {
            Close(expected[i].Embedding, embeddings[i].Vector, tolerance);
        }
    }

    [Fact]
    public async Task Generate_Windows_AreAveragedAndThenNormalised()
    {
        var alone = SmallModels.Expected("clip", Modality.Image);
        var plain = Definition("onnx/vision_model.onnx", 6, "image_embeds", Pooling.None, normalize: false);
        using var encoder = Factory.CreateEncoder(Folder("clip", Modality.Image, plain), Modality.Image);
        using var normalizing = Factory.CreateEncoder(Folder("clip", Modality.Image, plain with { Normalize = true }), Modality.Image);
        var each = await encoder.GenerateAsync(alone.Select(item => item.Features), cancellationToken: Token);
        var windows = new Features(
            Modality.Image,
            new Dictionary<string, HostTensor>
            {
                ["pixel_values"] = HostTensor.Create<float>(
                    [.. alone.SelectMany(item => item.Features.Tensors["pixel_values"].AsSpan<float>().ToArray())], 3, 3, 32, 32),
            },
            new InputFacts { MediaType = "test/windows" }) { Windows = 3 };

        var mean = (await encoder.GenerateAsync([windows, alone[1].Features], cancellationToken: Token))[0].Vector;
        var unit = (await normalizing.GenerateAsync([windows], cancellationToken: Token))[0].Vector;

        float[] expected = [.. Enumerable.Range(0, 6).Select(d => each.Average(embedding => embedding.Vector.Span[d]))];
        var norm = MathF.Sqrt(expected.Sum(value => value * value));
        Close(expected, mean, 1e-5f);
        Close([.. expected.Select(value => value / norm)], unit, 1e-5f);
    }

    [Fact]
    public async Task Generate_WindowsThatTensorsDoNotHave_AreRefused()
    {
        using var encoder = Factory.CreateEncoder(
            Folder("clip", Modality.Image, Definition("onnx/vision_model.onnx", 6, "image_embeds", Pooling.None, true)), Modality.Image);
        var features = SmallModels.Expected("clip", Modality.Image)[0].Features with { Windows = 2 };

        await Assert.ThrowsAsync<PipelineException>(() => encoder.GenerateAsync([features], cancellationToken: Token));
    }

    [Fact]
    public async Task Generate_MaskOfTheFeatures_KeepsPaddingOutOfTheMean()
    {
        var (features, embedding) = SmallModels.Expected("bert", Modality.Text)[0];
        long[] ids = [.. features.Tensors["input_ids"].AsSpan<long>(), 0, 0, 0];
        long[] mask = [.. ids.Select((_, i) => i < ids.Length - 3 ? 1L : 0)];
        var padded = features with
        {
            Tensors = new Dictionary<string, HostTensor>
            {
                ["input_ids"] = HostTensor.Create<long>(ids, ids.Length),
                ["attention_mask"] = HostTensor.Create<long>(mask, ids.Length),
            },
        };
        using var encoder = Factory.CreateEncoder(
            Folder("bert", Modality.Text, Definition("onnx/model.onnx", embedding.Length, "last_hidden_state", Pooling.Mean, true)), Modality.Text);

        Close(embedding, (await encoder.GenerateAsync([padded], cancellationToken: Token))[0].Vector, 1e-5f);
    }

    [Fact]
    public async Task Generate_TextBeyondThePositions_IsRefusedAndNotRetried()
    {
        using var encoder = Factory.CreateEncoder(
            Folder("bert", Modality.Text, Definition("onnx/model.onnx", 8, "last_hidden_state", Pooling.Mean, true)), Modality.Text);
        var tooLong = new Features(
            Modality.Text,
            new Dictionary<string, HostTensor> { ["input_ids"] = HostTensor.Create<long>(new long[65], 65) },
            new InputFacts { MediaType = "test/long" });

        var e = await Assert.ThrowsAsync<PipelineException>(() => encoder.GenerateAsync([tooLong], cancellationToken: Token));

        Assert.Contains("model.onnx", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("last_hidden_state", Pooling.None, 8, "[N,8]")]
    [InlineData("pooler_output", Pooling.Mean, 8, "[N,T,8]")]
    [InlineData("pooler_output", Pooling.None, 9, "[N,9]")]
    [InlineData("embedding", Pooling.None, 8, "last_hidden_state, pooler_output")]
    public void CreateEncoder_OutputThatIsNotThere_IsRefused(string output, Pooling pooling, int dimensions, string message)
    {
        var e = Assert.Throws<PipelineException>(() => Factory.CreateEncoder(
            Folder("vit", Modality.Image, Definition("onnx/model.onnx", dimensions, output, pooling, false), "onnx/model.onnx_data"), Modality.Image));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateEncoder_ExternalDataNotListed_IsRefused()
    {
        var e = Assert.Throws<PipelineException>(() => Factory.CreateEncoder(
            Folder("vit", Modality.Image, Definition("onnx/model.onnx", 8, "pooler_output", Pooling.None, false)), Modality.Image));

        Assert.Contains("onnx/model.onnx_data", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_Model_TellsInputsOutputsAndExternalData()
    {
        var inspector = new OnnxModelInspector(Factory);
        var path = Path.Combine(SmallModels.FolderOf("vit"), "onnx", "model.onnx");

        var signature = inspector.Inspect(path);

        Assert.Equal("pixel_values float32 [batch_size, num_channels, height, width]", Assert.Single(signature.Inputs) switch { var input => $"{input.Name} {input.Type} {input.ShapeText}" });
        Assert.Equal(["last_hidden_state", "pooler_output"], signature.Outputs.Select(output => output.Name));
        Assert.Equal(["model.onnx_data"], inspector.FindExternalData(path));
        Assert.Equal([1, 17, 8], inspector.RunOnce(path, "last_hidden_state", SmallModels.Expected("vit", Modality.Image)[0].Features));
        Assert.Empty(inspector.FindExternalData(Path.Combine(SmallModels.FolderOf("bert"), "onnx", "model.onnx")));
    }

    [Fact]
    public void FindExternalData_MutatedModel_IsReadOrRefused()
    {
        var bytes = File.ReadAllBytes(Path.Combine(SmallModels.FolderOf("vit"), "onnx", "model.onnx"));
        var inspector = new OnnxModelInspector(Factory);
        var random = new Random(5);
        var path = Path.GetTempFileName();
        try
        {
            for (var i = 0; i < 200; i++)
            {
                var mutated = bytes[..random.Next(1, bytes.Length)];
                for (var j = 0; j < 8; j++)
                {
                    mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
                }

                File.WriteAllBytes(path, mutated);
                try
                {
                    inspector.FindExternalData(path);
                }
                catch (PipelineException)
                {
                    // Refused, as it should be where it is no model.
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string[] Extra(string folder) => folder == "vit" ? ["onnx/model.onnx_data"] : [];

    private static EncoderDefinition Definition(string model, int dimensions, string output, Pooling pooling, bool normalize) => new()
    {
        Model = model,
        Dimensions = dimensions,
        Output = output,
        Pooling = pooling,
        Normalize = normalize,
        Preprocessing = new GlyphSettings(),
    };

    private static ModelFolder Folder(string name, Modality modality, EncoderDefinition definition, params string[] extra) => new(
        SmallModels.FolderOf(name),
        new PipelineDefinition
        {
            Schema = 1,
            Name = name,
            Version = "1",
            Encoders = new Dictionary<Modality, EncoderDefinition> { [modality] = definition },
            Fusion = new FusionDefinition { Method = "weighted" },
            Tasks = [],
            Files = extra.Append(definition.Model).ToDictionary(file => file, _ => ""),
        },
        "");

    private static void Close(float[] expected, ReadOnlyMemory<float> actual, float tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var d = 0; d < expected.Length; d++)
        {
            Assert.Equal(expected[d], actual.Span[d], tolerance);
        }
    }
}

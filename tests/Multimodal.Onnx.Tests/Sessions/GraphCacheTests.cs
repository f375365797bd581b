using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Onnx.Tests.Sessions;

/// <summary>Optimised graphs that are kept, found again, damaged and replaced.</summary>
public sealed class GraphCacheTests : IDisposable
{
    private const string Weights = "graph.weights";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multimodal-test-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Graphs => Path.Combine(_folder.FullName, "graphs");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(Modality.Image)]
    [InlineData(Modality.Text)]
    [InlineData(Modality.Audio)]
    public async Task CreateEncoder_KeptGraph_GivesTheSameEmbeddings(Modality modality)
    {
        var folder = new ModelRepository(TestPaths.Models).Load("digits");
        var plain = new OnnxModelFactory(new OnnxOptions());
        var features = plain.MakeUp(folder, modality);

        var expected = await EncodeAsync(plain, folder, modality, features);
        var first = await EncodeAsync(Keeping(), folder, modality, features);
        var entry = Assert.Single(Directory.GetDirectories(Graphs));
        var written = File.GetLastWriteTimeUtc(Path.Combine(entry, Weights));
        var second = await EncodeAsync(Keeping(), folder, modality, features);

        Assert.Equal(expected, first);
        Assert.Equal(expected, second);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(entry, Weights)));
    }

    [Fact]
    public async Task CreateEncoder_KeptGraph_IsWhatRuns()
    {
        var (folder, features) = Digits();
        await EncodeAsync(Keeping(), folder, Modality.Image, features);
        var model = Path.Combine(_folder.FullName, "image-encoder.onnx");
        File.Copy(folder.PathOf("image-encoder.onnx"), model);

        // It still reads as ONNX, but no runtime has such an operator: only what is kept can answer.
        var bytes = await File.ReadAllBytesAsync(model, Token);
        await File.WriteAllBytesAsync(model, Damage(bytes), Token);

        Assert.Throws<PipelineException>(() => new OnnxModelFactory(new OnnxOptions()).CreateEncoder(folder with { Path = _folder.FullName }, Modality.Image));
        Assert.Equal(128, (await EncodeAsync(Keeping(), folder with { Path = _folder.FullName }, Modality.Image, features)).Length);
    }

    [Fact]
    public async Task CreateEncoder_ModelWithExternalData_IsKeptWithIt()
    {
        var folder = Vit();
        var features = SmallModels.Expected("vit", Modality.Image)[0].Features;
        var expected = await EncodeAsync(new OnnxModelFactory(new OnnxOptions()), folder, Modality.Image, features);

        await EncodeAsync(Keeping(), folder, Modality.Image, features);

        Assert.Equal(expected, await EncodeAsync(Keeping(), folder, Modality.Image, features));
        Assert.Single(Directory.GetDirectories(Graphs));
    }

    [Theory]
    [InlineData("graph.onnx", false)]
    [InlineData("graph.onnx", true)]
    [InlineData("graph.weights", false)]
    [InlineData("graph.weights", true)]
    [InlineData("graph.xxh128", false)]
    [InlineData("graph.xxh128", true)]
    public async Task CreateEncoder_DamagedGraph_IsReplaced(string file, bool delete)
    {
        var (folder, features) = Digits();
        var expected = await EncodeAsync(Keeping(), folder, Modality.Image, features);
        var path = Path.Combine(Assert.Single(Directory.GetDirectories(Graphs)), file);
        var intact = await File.ReadAllBytesAsync(path, Token);
        if (delete)
        {
            File.Delete(path);
        }
        else
        {
            var damaged = intact.ToArray();
            damaged[damaged.Length / 2] ^= 0x55;
            await File.WriteAllBytesAsync(path, damaged, Token);
        }

        Assert.Equal(expected, await EncodeAsync(Keeping(), folder, Modality.Image, features));

        Assert.Single(Directory.GetDirectories(Graphs));
        Assert.Equal(intact.Length, new FileInfo(path).Length);
        Assert.Equal(expected, await EncodeAsync(Keeping(), folder, Modality.Image, features));
    }

    [Fact]
    public async Task CreateEncoder_OtherContent_IsNotMixedUp()
    {
        var (folder, features) = Digits();
        await EncodeAsync(Keeping(), folder, Modality.Image, features);
        var changed = folder with
        {
            IsChecked = false,
            Definition = folder.Definition with
            {
                Files = folder.Definition.Files.ToDictionary(pair => pair.Key, pair => pair.Key == "image-encoder.onnx" ? new string('0', 64) : pair.Value),
            },
        };

        await EncodeAsync(Keeping(), changed, Modality.Image, features);

        Assert.Equal(2, Directory.GetDirectories(Graphs).Length);
    }

    [Fact]
    public async Task CreateEncoder_SmallModelOrNoFolder_KeepsNothing()
    {
        var (folder, features) = Digits();

        await EncodeAsync(new OnnxModelFactory(new OnnxOptions { GraphFolder = Graphs }), folder, Modality.Image, features);

        Assert.False(Directory.Exists(Graphs));
    }

    [Fact]
    public async Task CreateEncoder_FolderOpenToOthers_IsMadePrivate()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Modes are those of Unix.");
            return;
        }

        var (folder, features) = Digits();
        Directory.CreateDirectory(Graphs);
        File.SetUnixFileMode(Graphs, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute);

        await EncodeAsync(Keeping(), folder, Modality.Image, features);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Graphs));
    }

    [Fact]
    public async Task CreateEncoder_FolderThatCannotBe_DoesWithout()
    {
        var (folder, features) = Digits();
        await File.WriteAllTextAsync(Graphs, "not a folder", Token);

        Assert.Equal(128, (await EncodeAsync(Keeping(), folder, Modality.Image, features)).Length);
    }

    [Fact]
    public async Task CreateEncoder_WhatAKilledProcessLeft_IsRemoved()
    {
        var (folder, features) = Digits();
        var (old, young) = (Path.Combine(Graphs, "entry.old"), Path.Combine(Graphs, "entry.young"));
        Directory.CreateDirectory(old);
        Directory.CreateDirectory(young);
        Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));

        await EncodeAsync(Keeping(), folder, Modality.Image, features);

        Assert.False(Directory.Exists(old));
        Assert.True(Directory.Exists(young));
    }

    private static byte[] Damage(byte[] bytes)
    {
        var damaged = bytes.ToArray();
        var name = damaged.AsSpan().IndexOf("Conv"u8);
        damaged[name] = (byte)'X';
        return damaged;
    }

    private OnnxModelFactory Keeping() => new(new OnnxOptions { GraphFolder = Graphs, SmallestKeptGraph = 0 });

    private static (ModelFolder Folder, Features Features) Digits()
    {
        var folder = new ModelRepository(TestPaths.Models).Load("digits");
        return (folder, new OnnxModelFactory(new OnnxOptions()).MakeUp(folder, Modality.Image));
    }

    private static ModelFolder Vit() => new(
        SmallModels.FolderOf("vit"),
        new PipelineDefinition
        {
            Schema = 1,
            Name = "vit",
            Version = "1",
            Encoders = new Dictionary<Modality, EncoderDefinition>
            {
                [Modality.Image] = new() { Model = "onnx/model.onnx", Dimensions = 8, Output = "pooler_output", Preprocessing = new GlyphSettings() },
            },
            Fusion = new FusionDefinition { Method = "weighted" },
            Tasks = [],
            Files = new Dictionary<string, string> { ["onnx/model.onnx"] = "1", ["onnx/model.onnx_data"] = "2" },
        },
        "");

    private static async Task<float[]> EncodeAsync(OnnxModelFactory factory, ModelFolder folder, Modality modality, Features features)
    {
        using var encoder = factory.CreateEncoder(folder, modality);
        return (await encoder.GenerateAsync([features], cancellationToken: Token))[0].Vector.ToArray();
    }
}

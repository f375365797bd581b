using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Onnx.Tests.Attacks;

/// <summary>What somebody may try with the files of a model repository. Each pipeline lists its files with their true hashes, unless it says otherwise.</summary>
public sealed class ModelFileAttackTests : IDisposable
{
    private const string Name = "attack", Model = "model.onnx", Data = "model.onnx_data";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("multimodal-test-");

    private string Folder => Path.Combine(_root.FullName, "models", Name);

    private string Outside => Path.Combine(_root.FullName, "outside");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Open_SoundModelWithExternalData_IsTaken()
    {
        WriteVit();

        Open().Dispose();
    }

    // Each as long as the name that it takes the place of.
    [Theory]
    [InlineData("../../../secret")]
    [InlineData("..\\..\\..\\secret")]
    [InlineData("a/../../secret1")]
    [InlineData("/tmp/secret.dat")]
    [InlineData("C:\\secret.datas")]
    public void Open_ExternalDataOutOfTheFolder_IsRefused(string location)
    {
        WriteVit(location);

        Assert.Contains("does not lie in its folder", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ExternalDataNotListed_IsRefused()
    {
        WriteVit("unlisted.weight");
        File.Copy(Path.Combine(Folder, Data), Path.Combine(Folder, "unlisted.weight"));

        Assert.Contains("does not list", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LinkOutOfTheFolder_IsRefused()
    {
        WriteVit();
        Directory.CreateDirectory(Outside);
        File.Move(Path.Combine(Folder, Data), Path.Combine(Outside, Data));
        File.CreateSymbolicLink(Path.Combine(Folder, Data), Path.Combine(Outside, Data));

        Assert.Contains("leads out of its folder", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LinkOfAFolderOutOfTheFolder_IsRefused()
    {
        WriteVit("part/model.data");
        Directory.CreateDirectory(Outside);
        File.Move(Path.Combine(Folder, Data), Path.Combine(Outside, "model.data"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "part"), Outside);
        WriteDefinition(Model, "part/model.data");

        Assert.Contains("leads out of its folder", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_LinksInACircle_AreRefused()
    {
        WriteVit();
        File.Delete(Path.Combine(Folder, Data));
        File.CreateSymbolicLink(Path.Combine(Folder, Data), Path.Combine(Folder, "other"));
        File.CreateSymbolicLink(Path.Combine(Folder, "other"), Path.Combine(Folder, Data));

        Refusal();
    }

    [Fact]
    public void Load_LinkWithinTheFolder_IsTaken()
    {
        WriteVit();
        File.Move(Path.Combine(Folder, Data), Path.Combine(Folder, "weights"));
        File.CreateSymbolicLink(Path.Combine(Folder, Data), "weights");

        // ONNX Runtime has its own mind of links; that it is refused by nobody before is what matters here.
        new ModelRepository(Path.GetDirectoryName(Folder)!).Load(Name);
    }

    [Theory]
    [InlineData(Model)]
    [InlineData(Data)]
    public void Load_FileChangedAfterItWasListed_IsRefused(string file)
    {
        WriteVit();
        var bytes = File.ReadAllBytes(Path.Combine(Folder, file));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(Path.Combine(Folder, file), bytes);

        Assert.Contains("has SHA-256", Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Model)]
    [InlineData(Data)]
    public void Open_FileExchangedAfterThePipelineWasLoaded_IsRefused(string file)
    {
        WriteVit();
        var loaded = new ModelRepository(Path.GetDirectoryName(Folder)!).Load(Name);
        var bytes = File.ReadAllBytes(Path.Combine(Folder, file));
        bytes[^9] ^= 1;
        File.WriteAllBytes(Path.Combine(Folder, file), bytes);

        var refusal = Assert.Throws<PipelineException>(() => Open(loaded).Dispose());
        Assert.Contains($"{file} has SHA-256", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FileWithoutDataBesideItExchangedAfterThePipelineWasLoaded_IsRefused()
    {
        Write(TinyModel.Write("pixel_values", "pooler_output", TinyModel.Float, 0, 8));
        var loaded = new ModelRepository(Path.GetDirectoryName(Folder)!).Load(Name);
        File.WriteAllBytes(Path.Combine(Folder, Model), TinyModel.Write("pixel_values", "pooler_output", TinyModel.Float, 0, 8, 8));

        Assert.Contains("has SHA-256", Assert.Throws<PipelineException>(() => Open(loaded).Dispose()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Model)]
    [InlineData(Data)]
    public void Open_TruncatedFile_IsRefused(string file)
    {
        WriteVit();
        var bytes = File.ReadAllBytes(Path.Combine(Folder, file));
        File.WriteAllBytes(Path.Combine(Folder, file), bytes[..(bytes.Length / 2)]);
        WriteDefinition(Model, Data);

        Assert.Contains(Model, Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoModelAtAll_IsRefused()
    {
        Write("#!/bin/sh\necho no model\n"u8.ToArray());

        Assert.Contains("is not an ONNX model", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingInput_IsRefused()
    {
        Write(TinyModel.Write("pictures", "pooler_output", TinyModel.Float, 0, 8));

        Assert.Contains("has no input tensor 'pixel_values'", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MissingOutput_IsRefused()
    {
        Write(TinyModel.Write("pixel_values", "something", TinyModel.Float, 0, 8));

        Assert.Contains("has no output tensor 'pooler_output'; it has: something", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_InputOfAnotherType_IsRefused()
    {
        Write(TinyModel.Write("pixel_values", "pooler_output", TinyModel.Text, 0, 8));

        Assert.Contains("which features cannot be given as", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OutputOfAnotherType_IsRefused()
    {
        Write(TinyModel.Write("pixel_values", "pooler_output", TinyModel.Int64, 0, 8));

        Assert.Contains("embeddings are made of float32 or float16", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OutputOfAnotherShape_IsRefused()
    {
        Write(TinyModel.Write("pixel_values", "pooler_output", TinyModel.Float, 0, 9));

        Assert.Contains("not [N,8]", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal() => Assert.Throws<PipelineException>(() => Open().Dispose()).Message;

    private IDisposable Open() => Open(new ModelRepository(Path.GetDirectoryName(Folder)!).Load(Name));

    private static IDisposable Open(ModelFolder folder) => new OnnxModelFactory(new OnnxOptions { TuningFolder = null }).CreateEncoder(folder, Modality.Image);

    // A model that keeps its weights beside it, under another name where one is given.
    private void WriteVit(string? location = null)
    {
        var source = Path.Combine(SmallModels.FolderOf("vit"), "onnx");
        var bytes = File.ReadAllBytes(Path.Combine(source, Model));
        if (location is not null)
        {
            var (own, other) = (Encoding.UTF8.GetBytes(Data), Encoding.UTF8.GetBytes(location.PadLeft(Data.Length, 'x')[..Data.Length]));
            for (var at = bytes.AsSpan().IndexOf(own); at >= 0; at = bytes.AsSpan().IndexOf(own))
            {
                other.CopyTo(bytes, at);
            }
        }

        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, Model), bytes);
        File.Copy(Path.Combine(source, Data), Path.Combine(Folder, Data));
        WriteDefinition(Model, Data);
    }

    private void Write(byte[] model)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllBytes(Path.Combine(Folder, Model), model);
        WriteDefinition(Model);
    }

    private void WriteDefinition(params string[] files)
    {
        var definition = new PipelineDefinition
        {
            Schema = PipelineDefinition.CurrentSchema,
            Name = Name,
            Version = "1",
            Encoders = new Dictionary<Modality, EncoderDefinition>
            {
                [Modality.Image] = new() { Model = Model, Dimensions = 8, Output = "pooler_output", Preprocessing = new GlyphSettings() },
            },
            Fusion = new FusionDefinition { Method = "weighted" },
            Tasks = [],
            Files = files.ToDictionary(file => file, file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, file))))),
        };
        File.WriteAllBytes(
            Path.Combine(Folder, ModelRepository.DefinitionFile),
            JsonSerializer.SerializeToUtf8Bytes(definition, PipelineJson.Default.PipelineDefinition));
    }
}

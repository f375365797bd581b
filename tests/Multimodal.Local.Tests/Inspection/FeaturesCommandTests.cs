using System.Text.Json;
using Multimodal.Local.Inspection;
using Multimodal.Local.Tests.Run;
using Multimodal.Pipeline.Jobs;
using Multimodal.Testing;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Local.Tests.Inspection;

/// <summary><c>multimodal features</c> as people call it.</summary>
public sealed class FeaturesCommandTests : IDisposable
{
    private static readonly string Sample = Path.Combine(TestPaths.Models, "digits", "samples", "seven-all-agree");
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Output => Path.Combine(_folder, "out");

    [Fact]
    public async Task Features_Pipeline_WritesATensorOfEachFile()
    {
        var manifest = await FeaturesAsync(ExitCodes.Success, [.. Directory.GetFiles(Sample), "--pipeline", "digits"]);

        Assert.Equal(("digits", FeatureStage.Features, 3), (manifest.Source, manifest.Stage, manifest.Items.Count));
        var picture = Item(manifest, "picture.png");
        Assert.Equal((Modality.Image, null), (picture.Modality, picture.Error));
        var tensor = Assert.Single(picture.Tensors);
        Assert.Equal(("pixel_values", "float32", "picture.png.pixel_values.npy"), (tensor.Name, tensor.Type, tensor.File));
        Assert.Equal([1, 28, 28], tensor.Shape);
        var npy = await File.ReadAllBytesAsync(Path.Combine(Output, tensor.File), Token);
        Assert.Equal(128 + (28 * 28 * 4), npy.Length);
        var ids = await TokensAsync(Item(manifest, "note.txt"));
        Assert.Equal("t", ids.GetProperty("tokens")[0].GetString());
        Assert.Equal(ids.GetProperty("tokens").GetArrayLength(), ids.GetProperty("input_ids").GetArrayLength());
    }

    [Fact]
    public async Task Features_StagePixels_StopsBeforeScaling()
    {
        var manifest = await FeaturesAsync(
            ExitCodes.Success, Path.Combine(Sample, "picture.png"), "--preprocessor", Path.Combine(SmallModels.FolderOf("clip"), "preprocessor_config.json"), "--stage", "pixels");

        var tensor = Assert.Single(manifest.Items[0].Tensors);
        Assert.Equal(("pixels", "uint8"), (tensor.Name, tensor.Type));
        Assert.Equal([32, 32, 3], tensor.Shape);
    }

    [Fact]
    public async Task Features_ImageAndAudioConfigurations_AreToldApart()
    {
        var image = await FeaturesAsync(
            ExitCodes.Success, Path.Combine(Sample, "picture.png"), "--exact", "--preprocessor", Path.Combine(SmallModels.FolderOf("vit"), "preprocessor_config.json"));
        var audio = await FeaturesAsync(
            ExitCodes.Success, Path.Combine(Sample, "speech.wav"), "--preprocessor", Path.Combine(SmallModels.FolderOf("whisper"), "preprocessor_config.json"));

        Assert.Equal([3, 32, 32], image.Items[0].Tensors[0].Shape);
        Assert.Equal("input_features", audio.Items[0].Tensors[0].Name);
        Assert.Equal([80, 500], audio.Items[0].Tensors[0].Shape);
    }

    [Fact]
    public async Task Features_Tokenizer_WritesIds()
    {
        var text = Path.Combine(_folder, "caption.txt");
        await File.WriteAllTextAsync(text, "a photo of the red cats", Token);

        var manifest = await FeaturesAsync(ExitCodes.Success, text, "--tokenizer", Path.Combine(SmallModels.FolderOf("bert"), "tokenizer.json"));

        Assert.Contains(manifest.Items[0].Tensors, tensor => tensor.Name == "attention_mask");
        var vocabulary = await File.ReadAllLinesAsync(Path.Combine(SmallModels.FolderOf("bert"), "vocab.txt"), Token);
        Assert.Equal(
            ["[CLS]", "a", "photo", "of", "the", "red", "cat", "##s", "[SEP]"],
            (await TokensAsync(manifest.Items[0])).GetProperty("input_ids").EnumerateArray().Select(id => vocabulary[id.GetInt32()]));
    }

    [Fact]
    public async Task Features_BadFile_DoesNotStopTheOthers()
    {
        var empty = Path.Combine(_folder, "empty.png");
        await File.WriteAllBytesAsync(empty, [], Token);
        var corrupt = Path.Combine(_folder, "corrupt.jpg");
        await File.WriteAllBytesAsync(corrupt, [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4, 5, 6, 7, 8], Token);

        var manifest = await FeaturesAsync(ExitCodes.JobFailed, empty, corrupt, Path.Combine(Sample, "picture.png"), "--pipeline", "digits");

        Assert.Equal([InputErrorCodes.Empty, InputErrorCodes.Corrupt, null], manifest.Items.Select(item => item.Error?.Code));
        Assert.Single(manifest.Items[2].Tensors);
    }

    [Theory]
    [InlineData("--pipeline", "digits", "--tokenizer", "x.json")]
    [InlineData("--out", "x")]
    [InlineData("--tokenizer", "no/such.json")]
    [InlineData("--pipeline", "digits", "--stage", "half")]
    public async Task Features_WrongUsage_HasItsExitCode(params string[] arguments)
    {
        var output = await MultimodalCommand.RunAsync(["features", Path.Combine(Sample, "note.txt"), "--out", Output, .. arguments]);

        Assert.Equal(ExitCodes.Usage, output.ExitCode);
        Assert.NotEmpty(output.Notes);
    }

    [Fact]
    public async Task Features_ConfigurationOfNeither_IsRefused()
    {
        var config = Path.Combine(_folder, "config.json");
        await File.WriteAllTextAsync(config, "{ \"model_type\": \"x\" }", Token);

        var output = await MultimodalCommand.RunAsync("features", Path.Combine(Sample, "picture.png"), "--out", Output, "--preprocessor", config);

        Assert.Equal(ExitCodes.PipelineUnusable, output.ExitCode);
        Assert.Contains(config, output.Notes, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<FeatureManifest> FeaturesAsync(int exitCode, params string[] arguments)
    {
        var output = await MultimodalCommand.RunAsync(["features", .. arguments, "--out", Output]);
        Assert.True(exitCode == output.ExitCode, output.Notes);
        return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(Path.Combine(Output, "manifest.json"), Token), InspectionJson.Default.FeatureManifest)!;
    }

    private static FeatureManifestItem Item(FeatureManifest manifest, string file) => manifest.Items.Single(item => Path.GetFileName(item.File) == file);

    private async Task<JsonElement> TokensAsync(FeatureManifestItem item)
    {
        using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Output, item.Tensors[0].File), Token));
        return document.RootElement.Clone();
    }
}

using Multimodal.Pipeline.Models;
using Multimodal.Testing.Pipelines;

namespace Multimodal.Pipeline.Tests.Models;

public sealed class ModelRepositoryTests : IDisposable
{
    private readonly TextPipeline _pipeline = new();

    private string Folder => Path.Combine(_pipeline.Root, TextPipeline.Name);

    private string Definition => Path.Combine(Folder, ModelRepository.DefinitionFile);

    private ModelRepository Repository => new(_pipeline.Root);

    [Fact]
    public void Load_GoodPipeline_IsReadAndHasADigest()
    {
        var folder = Repository.Load(TextPipeline.Name);

        Assert.Equal(TextPipeline.Name, folder.Definition.Name);
        Assert.Equal(64, folder.Digest.Length);
        Assert.Equal(Path.Combine(Folder, "head.onnx"), folder.PathOf("head.onnx"));
        Assert.Equal([TextPipeline.Name], Repository.List());
    }

    [Fact]
    public void Load_PipelineWithoutTasks_IsRead()
    {
        _pipeline.Write("1.0.0", tasks: false);

        Assert.Empty(Repository.Load(TextPipeline.Name).Definition.Tasks);
    }

    [Fact]
    public void Load_EncoderThatSaysNothingOfItsOutput_HasTheDefaults()
    {
        var definition = File.ReadAllText(Definition);
        foreach (var member in (string[])["output", "pooling", "normalize", "padId"])
        {
            definition = System.Text.RegularExpressions.Regex.Replace(definition, $"\\s*\"{member}\": [^,]*,", "");
        }

        File.WriteAllText(Definition, definition);

        var encoder = Repository.Load(TextPipeline.Name).Definition.Encoders.Values.Single();
        Assert.Equal(("embedding", Pooling.None, false, 0), (encoder.Output, encoder.Pooling, encoder.Normalize, encoder.PadId));
    }

    [Theory]
    [InlineData("onnx/model.onnx", "model.onnx_data", "onnx/model.onnx_data")]
    [InlineData("model.onnx", "./weights/a.bin", "weights/a.bin")]
    public void Beside_FileOfAModel_LiesInItsFolder(string model, string location, string expected) =>
        Assert.Equal(expected, ModelFolder.Beside(model, location));

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("c:\\evil")]
    [InlineData("..\\evil")]
    [InlineData("")]
    public void Beside_FileElsewhere_IsRefused(string location) =>
        Assert.Throws<PipelineException>(() => ModelFolder.Beside("onnx/model.onnx", location));

    [Fact]
    public void Load_AnotherVersion_HasAnotherDigest()
    {
        var before = Repository.Load(TextPipeline.Name).Digest;
        _pipeline.Write("1.0.1");

        Assert.NotEqual(before, Repository.Load(TextPipeline.Name).Digest);
    }

    [Fact]
    public void Load_FileChanged_NamesPathAndBothHashes()
    {
        File.WriteAllText(Path.Combine(Folder, "head.onnx"), "other");

        var e = Assert.Throws<PipelineException>(() => Repository.Load(TextPipeline.Name));

        Assert.Contains(Path.Combine(Folder, "head.onnx"), e.Message, StringComparison.Ordinal);
        Assert.Contains("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", e.Message, StringComparison.Ordinal);
        Assert.Contains("d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileMissing_NamesIt()
    {
        File.Delete(Path.Combine(Folder, "encoder.onnx"));

        Assert.Contains("encoder.onnx", Assert.Throws<PipelineException>(() => Repository.Load(TextPipeline.Name)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent")]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../letters")]
    public void Load_NoSuchPipeline_NamesThoseThatAreThere(string name) =>
        Assert.Contains("It holds: letters.", Assert.Throws<PipelineException>(() => Repository.Load(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", "schema 2")]
    [InlineData("\"name\": \"letters\"", "\"name\": \"other\"", "'other'")]
    [InlineData("\"method\": \"weighted\"", "\"method\": \"magic\"", "'magic'")]
    [InlineData("\"dimensions\": 3", "\"dimensions\": 0", "dimensions")]
    [InlineData("\"kind\": \"characters\"", "\"kind\": \"unknown\"", "not a valid pipeline definition")]
    [InlineData("\"files\"", "\"file\"", "not a valid pipeline definition")]
    [InlineData("\"output\": \"embedding\"", "\"output\": \"\"", "an encoder's output must be named")]
    [InlineData("\"pooling\": \"none\"", "\"pooling\": \"max\"", "not a valid pipeline definition")]
    [InlineData("{", "[", "not a valid pipeline definition")]
    [InlineData("\"version\"", "\"verson\": \"1\", \"version\"", "verson")]
    [InlineData("\"text\": {", "\"audio\": {", "the audio encoder has preprocessing for text")]
    [InlineData("\"model\": \"head.onnx\"", "\"priors\": [0.5, 0.4, 0.2], \"model\": \"head.onnx\"", "the task 'letter' must have priors")]
    [InlineData("\"model\": \"head.onnx\"", "\"priors\": [0.5, 0.5], \"model\": \"head.onnx\"", "the task 'letter' must have priors")]
    [InlineData("\"model\": \"head.onnx\"", "\"topK\": 0, \"model\": \"head.onnx\"", "the task 'letter' must keep 1 score or more")]
    [InlineData("\"model\": \"head.onnx\"", "\"threshold\": 1.5, \"model\": \"head.onnx\"", "the task 'letter' has a threshold of 1.5")]
    [InlineData("\"model\": \"head.onnx\"", "\"thresholds\": {\"d\": 0.5}, \"model\": \"head.onnx\"", "the task 'letter' has a threshold for 'd', which is none of its labels")]
    [InlineData("\"activation\": \"softmax\"", "\"activation\": \"relu\"", "not a valid pipeline definition")]
    [InlineData("\"method\": \"weighted\"", "\"method\": \"gated\"", "'gated' needs its ONNX file")]
    [InlineData("\"graphs\": {}", "\"graphs\": { \"weighted\": \"head.onnx\" }", "'weighted' takes no graph")]
    [InlineData("\"certaintyPower\": 1", "\"certaintyPower\": -1", "certaintyPower")]
    [InlineData("\"model\": \"head.onnx\"", "\"temperatures\": { \"weighted\": 0 }, \"model\": \"head.onnx\"", "the temperature of the task 'letter' for 'weighted'")]
    [InlineData("\"model\": \"head.onnx\"", "\"temperatures\": { \"magic\": 1 }, \"model\": \"head.onnx\"", "'magic', which is not known")]
    public void Load_FaultyDefinition_SaysWhat(string text, string replacement, string message)
    {
        var definition = File.ReadAllText(Definition);
        Assert.Contains(text, definition, StringComparison.Ordinal);
        File.WriteAllText(Definition, definition.Replace(text, replacement, StringComparison.Ordinal));

        var e = Assert.Throws<PipelineException>(() => Repository.Load(TextPipeline.Name));

        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains(Definition, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FileOutsideOfTheFolder_IsRefused()
    {
        File.WriteAllText(Path.Combine(_pipeline.Root, "secret.txt"), "");
        var definition = File.ReadAllText(Definition);
        File.WriteAllText(Definition, definition.Replace("\"head.onnx\": \"e3", "\"../secret.txt\": \"e3", StringComparison.Ordinal));

        Assert.Contains("outside", Assert.Throws<PipelineException>(() => Repository.Load(TextPipeline.Name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PathOf_FileNotListed_IsRefused() =>
        Assert.Throws<PipelineException>(() => Repository.Load(TextPipeline.Name).PathOf("unlisted.onnx"));

    public void Dispose() => _pipeline.Dispose();
}

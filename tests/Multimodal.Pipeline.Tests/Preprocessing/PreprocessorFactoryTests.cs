using Multimodal.Pipeline.Fusion;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;

namespace Multimodal.Pipeline.Tests.Preprocessing;

public sealed class PreprocessorFactoryTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("preprocessing");
    private readonly PreprocessorFactory _factory = new(new FakeImageDecoder(new ImageHeader(1, 1, 1, 1)), new InputLimits());

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Create_EveryKind_GivesAPreprocessorOfItsModality()
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "v.json"), """{"[PAD]":0,"[UNK]":1}""");
        File.WriteAllText(Path.Combine(_folder.FullName, "i.json"), """{"image_processor_type":"CLIPImageProcessor"}""");

        Assert.Equal(Modality.Image, _factory.Create(new GlyphSettings(), Folder()).Modality);
        Assert.Equal(Modality.Image, _factory.Create(new ImageSettings { Config = "i.json" }, Folder()).Modality);
        Assert.Equal(Modality.Audio, _factory.Create(new LogMelSettings(), Folder()).Modality);
        Assert.Equal(Modality.Text, _factory.Create(new CharacterSettings { Vocabulary = "v.json" }, Folder()).Modality);
    }

    [Theory]
    [InlineData("v.json")]
    [InlineData("unlisted.json")]
    public void Create_VocabularyAbsentOrNotListed_NamesIt(string vocabulary)
    {
        var e = Assert.Throws<PipelineException>(() => _factory.Create(new CharacterSettings { Vocabulary = vocabulary }, Folder()));

        Assert.Contains(vocabulary, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("i.json")]
    [InlineData("unlisted.json")]
    public void Create_ImageProcessorAbsentOrNotListed_NamesIt(string config)
    {
        var e = Assert.Throws<PipelineException>(() => _factory.Create(new ImageSettings { Config = config }, Folder()));

        Assert.Contains(config, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_SettingOutOfRange_NamesKindAndMember()
    {
        var e = Assert.Throws<PipelineException>(() => _factory.Create(new LogMelSettings { Mels = 0 }, Folder()));

        Assert.Contains("log-mel", e.Message, StringComparison.Ordinal);
        Assert.Contains("mels", e.Message, StringComparison.Ordinal);
    }

    private ModelFolder Folder() => new(
        _folder.FullName,
        new PipelineDefinition
        {
            Schema = PipelineDefinition.CurrentSchema,
            Name = "test",
            Version = "1",
            Encoders = new Dictionary<Modality, EncoderDefinition>(),
            Fusion = new FusionDefinition { Method = FusionMethods.Weighted },
            Tasks = [],
            Files = new Dictionary<string, string> { ["v.json"] = "", ["i.json"] = "" },
        },
        "");
}

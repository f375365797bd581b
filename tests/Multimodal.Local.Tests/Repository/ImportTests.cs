using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Repository;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;
using Multimodal.Pipeline.Speech;
using Multimodal.Testing.HuggingFace;

namespace Multimodal.Local.Tests.Repository;

/// <summary>Pipelines made of exported folders, with the real runtime.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly ServiceProvider _services = RepositoryServices.Compose();
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Models => Path.Combine(_folder, "models");

    [Theory]
    [InlineData("clip", "image: onnx/vision_model.onnx image_embeds None 6 True | text: onnx/text_model.onnx text_embeds None 6 True")]
    [InlineData("siglip", "image: onnx/vision_model.onnx pooler_output None 8 True | text: onnx/text_model.onnx pooler_output None 8 True")]
    [InlineData("clap", "text: onnx/text_model.onnx text_embeds None 6 True | audio: onnx/audio_model.onnx audio_embeds None 6 True")]
    [InlineData("bert", "text: onnx/model.onnx last_hidden_state Mean 8 True")]
    [InlineData("decoder", "text: model.onnx last_hidden_state Last 8 False")]
    [InlineData("vit", "image: onnx/model.onnx pooler_output None 8 False")]
    [InlineData("dinov2", "image: model.onnx last_hidden_state First 8 False")]
    [InlineData("convnext", "image: onnx/model.onnx last_hidden_state SpatialMean 6 False")]
    [InlineData("whisper", "audio: onnx/encoder_model.onnx last_hidden_state Mean 8 False")]
    [InlineData("whisper-speech", "audio: onnx/encoder_model.onnx last_hidden_state Mean 16 False")]
    [InlineData("wav2vec2", "audio: onnx/model.onnx last_hidden_state Mean 8 False")]
    public async Task Import_Folder_IsUnderstoodAndProved(string model, string encoders)
    {
        var made = await ImportAsync(SmallModels.FolderOf(model));

        Assert.Equal(encoders, string.Join(" | ", made.Encoders.Select(encoder =>
            $"{encoder.Modality.ToName()}: {encoder.Definition.Model} {encoder.Definition.Output} {encoder.Definition.Pooling} {encoder.Definition.Dimensions} {encoder.Definition.Normalize}")));
        Assert.All(made.Encoders, encoder => Assert.True(encoder.Norm > 0));
        Assert.All(made.Encoders.Where(encoder => encoder.Definition.Normalize), encoder => Assert.Equal(1, encoder.Norm, 1e-5));
        var loaded = new ModelRepository(Models).Load(model);
        Assert.Equal(made.Encoders.Select(encoder => encoder.Definition.Model), loaded.Definition.Encoders.Values.Select(encoder => encoder.Model));
        Assert.Equal([model], Directory.GetFileSystemEntries(Models).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("", "onnx/decoder_model_merged.onnx", null)]
    [InlineData("onnx/decoder_model_merged.onnx", "onnx/decoder_model.onnx", "onnx/decoder_with_past_model.onnx")]
    [InlineData("onnx/decoder_model_merged.onnx onnx/decoder_with_past_model.onnx", "onnx/decoder_model.onnx", null)]
    public async Task Import_EncoderAndDecoder_WriteDownWhatIsSaid(string absent, string decoder, string? second)
    {
        var folder = Copy("whisper-speech");
        foreach (var file in absent.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            File.Delete(Path.Combine(folder, file));
        }

        var made = await ImportAsync(folder);

        var definition = new ModelRepository(Models).Load(made.Name).Definition;
        var speech = Assert.IsType<WhisperSettings>(definition.Encoders[Modality.Audio].Transcription);
        Assert.Equal((decoder, second), (speech.Decoder, speech.DecoderWithPast));
        Assert.IsType<TranscriptionDefinition>(Assert.Single(definition.Tasks));
        Assert.Superset(speech.Files.ToHashSet(), definition.Files.Keys.ToHashSet());
    }

    [Theory]
    [InlineData("generation_config.json")]
    [InlineData("tokenizer.json")]
    public async Task Import_DecoderWithoutItsFiles_NamesTheFileAndTheRemedy(string file)
    {
        var folder = Copy("whisper-speech");
        File.Delete(Path.Combine(folder, file));

        var e = await RefusedAsync(folder);

        Assert.Contains(file, e, StringComparison.Ordinal);
        Assert.Contains("remove the decoder", e, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TextModels_GetTheLengthThatTheirFilesAllow()
    {
        Assert.Equal(32, Tokens(await ImportAsync(SmallModels.FolderOf("bert"))).MaximumLength);
        Assert.Equal(77, Tokens(await ImportAsync(SmallModels.FolderOf("clip"))).MaximumLength);

        // RoBERTa's positions begin after the padding's id.
        Assert.Equal(64, Tokens(await ImportAsync(SmallModels.FolderOf("clap"))).MaximumLength);
        var siglip = Tokens(await ImportAsync(SmallModels.FolderOf("siglip")));
        Assert.Equal((16, TokenPadding.MaxLength), (siglip.MaximumLength, siglip.Padding));

        static TokenSettings Tokens(ImportedPipeline made) =>
            (TokenSettings)made.Encoders.Single(encoder => encoder.Modality == Modality.Text).Definition.Preprocessing;
    }

    [Fact]
    public async Task Import_PaddingId_IsTheTokenizers()
    {
        Assert.Equal(0, (await ImportAsync(SmallModels.FolderOf("bert"))).Encoders[0].Definition.PadId);
        Assert.Equal(1, (await ImportAsync(SmallModels.FolderOf("decoder"))).Encoders[0].Definition.PadId);
    }

    [Fact]
    public async Task Import_Variant_TakesTheFilesOfThatName()
    {
        var made = await ImportAsync(SmallModels.FolderOf("clip"), name: "small", variant: "quantized");

        Assert.Equal(["onnx/vision_model_quantized.onnx", "onnx/text_model_quantized.onnx"], made.Encoders.Select(encoder => encoder.Definition.Model));
        Assert.Equal("small", new ModelRepository(Models).Load("small").Definition.Name);
    }

    [Fact]
    public async Task Import_VariantThatIsNotThere_NamesThoseThatAre()
    {
        var e = await RefusedAsync(SmallModels.FolderOf("clip"), variant: "q4");

        Assert.Contains("text_model_q4.onnx", e, StringComparison.Ordinal);
        Assert.Contains("quantized", e, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ProcessorConfigAlone_IsReadForSound()
    {
        var folder = Copy("whisper");
        var extractor = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "preprocessor_config.json"), Token));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "processor_config.json"), new JsonObject { ["feature_extractor"] = extractor, ["processor_class"] = "WhisperProcessor" }.ToJsonString(), Token);
        File.Delete(Path.Combine(folder, "preprocessor_config.json"));

        var made = await ImportAsync(folder);

        Assert.Equal("feature_extractor.json", ((AudioSettings)made.Encoders[0].Definition.Preprocessing).Config);
        Assert.Contains("feature_extractor.json", new ModelRepository(Models).Load(made.Name).Definition.Files.Keys);
    }

    [Theory]
    [InlineData("clip", "preprocessor_config.json", "original repository")]
    [InlineData("clip", "tokenizer.json vocab.json", "tokenizer")]
    [InlineData("whisper", "preprocessor_config.json", "original repository")]
    [InlineData("vit", "onnx/model.onnx_data", "Copy it beside the model")]
    [InlineData("bert", "1_Pooling/config.json", "modules.json asks for")]
    [InlineData("bert", "onnx/model.onnx onnx/model_int32.onnx", "optimum-cli export onnx")]
    public async Task Import_FileMissing_NamesItAndTheRemedy(string model, string files, string remedy)
    {
        var folder = Copy(model);
        foreach (var file in files.Split(' '))
        {
            File.Delete(Path.Combine(folder, file));
        }

        var e = await RefusedAsync(folder);

        Assert.Contains(folder, e, StringComparison.Ordinal);
        Assert.Contains(remedy, e, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_DecoderAlone_IsRefused()
    {
        var folder = Copy("whisper");
        File.Move(Path.Combine(folder, "onnx", "encoder_model.onnx"), Path.Combine(folder, "onnx", "decoder_model_merged.onnx"));

        Assert.Contains("onnx/decoder_model_merged.onnx is a decoder", await RefusedAsync(folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1_Pooling/config.json", "pooling_mode_mean_tokens", "pooling_mode_max_tokens", "max_tokens")]
    [InlineData("modules.json", "sentence_transformers.models.Normalize", "sentence_transformers.models.Dense", "'Dense'")]
    [InlineData("modules.json", "[", "{", "cannot be read as JSON")]
    public async Task Import_WhatIsNotInTheModel_IsRefused(string file, string text, string replacement, string message)
    {
        var folder = Copy("bert");
        var path = Path.Combine(folder, file);
        var content = await File.ReadAllTextAsync(path, Token);
        var swapped = content.Replace(replacement + "\": false", "x\": false", StringComparison.Ordinal).Replace(text, replacement, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, swapped, Token);

        var e = await RefusedAsync(folder);

        Assert.Contains(message, e, StringComparison.Ordinal);
        Assert.Contains(path, e, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ModelOfBothAtOnce_IsRefused()
    {
        var folder = Copy("clip");
        Directory.Delete(Path.Combine(folder, "onnx"), recursive: true);
        File.Copy(SmallModels.FolderOf("refused") + "/combined.onnx", Path.Combine(folder, "model.onnx"));

        var e = await RefusedAsync(folder);

        Assert.Contains("model.onnx takes pixel_values and input_ids at once", e, StringComparison.Ordinal);
        Assert.Contains("vision_model.onnx", e, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_Classifier_IsRefused()
    {
        var folder = Copy("vit");
        File.Copy(SmallModels.FolderOf("refused") + "/classifier.onnx", Path.Combine(folder, "onnx", "model.onnx"), overwrite: true);

        Assert.Contains("gives logits", await RefusedAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_DataOutsideOfTheFolder_IsRefused()
    {
        var folder = Copy("vit");
        var path = Path.Combine(folder, "onnx", "model.onnx");
        var bytes = await File.ReadAllBytesAsync(path, Token);
        var (name, evil) = ("model.onnx_data"u8.ToArray(), "../../evil_data"u8.ToArray());
        for (var at = bytes.AsSpan().IndexOf(name); at >= 0; at = bytes.AsSpan().IndexOf(name))
        {
            evil.CopyTo(bytes, at);
        }

        await File.WriteAllBytesAsync(path, bytes, Token);

        Assert.Contains("does not lie in its folder", await RefusedAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TruncatedModel_IsRefused()
    {
        var folder = Copy("bert");
        var path = Path.Combine(folder, "onnx", "model.onnx");
        await File.WriteAllBytesAsync(path, (await File.ReadAllBytesAsync(path, Token))[..5000], Token);

        Assert.Contains("model.onnx", await RefusedAsync(folder), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_NameTaken_IsRefusedUnlessItIsToGiveWay()
    {
        await ImportAsync(SmallModels.FolderOf("vit"), name: "mine");

        Assert.Contains("--replace", await RefusedAsync(SmallModels.FolderOf("bert"), "mine"), StringComparison.Ordinal);
        Assert.Contains(Modality.Image, new ModelRepository(Models).Load("mine").Definition.Encoders.Keys);
        await _services.GetRequiredService<FolderImporter>().ImportAsync(
            new ImportRequest(SmallModels.FolderOf("bert"), "mine") { Replace = true }, Models, Token);
        Assert.Contains(Modality.Text, new ModelRepository(Models).Load("mine").Definition.Encoders.Keys);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/b")]
    [InlineData(".hidden")]
    [InlineData("")]
    public async Task Import_BadName_IsRefused(string name) =>
        Assert.Contains("is no name for a pipeline", await RefusedAsync(SmallModels.FolderOf("vit"), name), StringComparison.Ordinal);

    public void Dispose()
    {
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Copy(string model) => SmallModels.Copy(model, Path.Combine(_folder, "source", model));

    private Task<ImportedPipeline> ImportAsync(string folder, string? name = null, string variant = "") =>
        _services.GetRequiredService<FolderImporter>().ImportAsync(new ImportRequest(folder, name) { Variant = variant }, Models, Token);

    /// <summary>Why it was refused; nothing is left of it then.</summary>
    private async Task<string> RefusedAsync(string folder, string? name = null, string variant = "")
    {
        var before = Directory.Exists(Models) ? Directory.GetFileSystemEntries(Models) : [];
        var e = await Assert.ThrowsAsync<PipelineException>(() => ImportAsync(folder, name, variant));
        Assert.Equal(before, Directory.Exists(Models) ? Directory.GetFileSystemEntries(Models) : []);
        return e.Message;
    }
}

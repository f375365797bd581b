using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;

namespace Multimodal.Pipeline.Tests.Models.HuggingFace;

public sealed class ExportLayoutTests
{
    [Theory]
    [InlineData("onnx/text_model.onnx onnx/vision_model.onnx onnx/model.onnx", "", "onnx/text_model.onnx onnx/vision_model.onnx")]
    [InlineData("onnx/text_model_q4f16.onnx onnx/audio_model_q4f16.onnx onnx/text_model.onnx", "q4f16", "onnx/text_model_q4f16.onnx onnx/audio_model_q4f16.onnx")]
    [InlineData("model.onnx onnx/model.onnx", "", "onnx/model.onnx")]
    [InlineData("model.onnx", "", "model.onnx")]
    [InlineData("onnx/model.onnx onnx/model_qint8_avx512_vnni.onnx", "qint8_avx512_vnni", "onnx/model_qint8_avx512_vnni.onnx")]
    [InlineData("onnx/encoder_model.onnx onnx/decoder_model_merged.onnx onnx/decoder_with_past_model.onnx", "", "onnx/encoder_model.onnx")]
    [InlineData("onnx/model_Quantized.onnx onnx/model.onnx", "quantized", "onnx/model_Quantized.onnx")]
    public void Choose_Files_TakesTowersOrOneEncoder(string files, string variant, string expected) =>
        Assert.Equal(expected, string.Join(' ', ExportLayout.Choose(files.Split(' '), variant, "it").Select(model => model.Path)));

    [Theory]
    [InlineData("onnx/decoder_model.onnx", "", "is a decoder")]
    [InlineData("config.json", "", "optimum-cli")]
    [InlineData("onnx/unet.onnx", "", "onnx/unet.onnx is none of")]
    [InlineData("deep/onnx/model.onnx", "", "is none of")]
    [InlineData("onnx/model_fp16.onnx onnx/model_int8.onnx", "", "by --variant: fp16, int8")]
    [InlineData("onnx/model.onnx onnx/model_int8.onnx", "fp16", "name one of: int8")]
    [InlineData("onnx/text_model_fp16.onnx onnx/vision_model.onnx", "fp16", "vision_model_fp16.onnx")]
    public void Choose_NothingToTake_SaysWhatThereIs(string files, string variant, string message) =>
        Assert.Contains(
            message, Assert.Throws<PipelineException>(() => ExportLayout.Choose(files.Split(' '), variant, "it")).Message, StringComparison.Ordinal);

    [Fact]
    public void Needed_Files_AreThoseOfTheModelsAndTheTokenizer()
    {
        string[] files =
        [
            "README.md", "config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json", "vocab.json", "merges.txt", "pytorch_model.bin",
            "onnx/model.onnx", "onnx/model.onnx_data", "onnx/model.onnx_data_1", "onnx/model_fp16.onnx", "onnx/model_fp16.onnx_data", "1_Pooling/config.json",
        ];

        var needed = ExportLayout.Needed(files, ExportLayout.Choose(files, "", "it"));

        Assert.Equal(
            ["1_Pooling/config.json", "config.json", "onnx/model.onnx", "onnx/model.onnx_data", "onnx/model.onnx_data_1", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"],
            needed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "onnx/decoder_model_merged.onnx onnx/encoder_model.onnx")]
    [InlineData("q4", "onnx/decoder_model_q4.onnx onnx/decoder_with_past_model_q4.onnx onnx/encoder_model_q4.onnx onnx/encoder_model_q4.onnx_data")]
    public void Needed_EncoderAndDecoder_AreBothTaken(string variant, string models)
    {
        string[] files =
        [
            "config.json", "generation_config.json", "preprocessor_config.json", "tokenizer.json", "onnx/encoder_model.onnx", "onnx/decoder_model.onnx",
            "onnx/decoder_with_past_model.onnx", "onnx/decoder_model_merged.onnx", "onnx/encoder_model_q4.onnx", "onnx/encoder_model_q4.onnx_data",
            "onnx/decoder_model_q4.onnx", "onnx/decoder_with_past_model_q4.onnx",
        ];

        var needed = ExportLayout.Needed(files, ExportLayout.Choose(files, variant, "it"));

        Assert.Equal(
            ["config.json", "generation_config.json", .. models.Split(' '), "preprocessor_config.json", "tokenizer.json"], needed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void FindDecoder_OtherVariant_IsRefused() =>
        Assert.Contains(
            "decoder_model_merged_q8.onnx",
            Assert.Throws<PipelineException>(() => ExportLayout.FindDecoder(
                ["onnx/decoder_model.onnx"], new ExportedModel("encoder_model", "q8", "onnx/encoder_model_q8.onnx"), "it")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("tokenizer.json vocab.txt", "tokenizer.json")]
    [InlineData("vocab.json merges.txt added_tokens.json", "vocab.json merges.txt added_tokens.json")]
    [InlineData("vocab.json", "")]
    [InlineData("vocab.txt special_tokens_map.json", "vocab.txt special_tokens_map.json")]
    [InlineData("sentencepiece.bpe.model", "sentencepiece.bpe.model")]
    public void TokenizerFilesOf_Files_IsOneTokenizer(string files, string expected) =>
        Assert.Equal(expected, string.Join(' ', FolderFiles.TokenizerFilesOf(files.Split(' '))));
}

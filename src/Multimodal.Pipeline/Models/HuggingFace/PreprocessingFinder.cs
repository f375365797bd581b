using System.Globalization;
using System.Text;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>Finds how a model's inputs are made, by the configurations and tokenizers beside it.</summary>
internal sealed class PreprocessingFinder(ExportFolder folder)
{
    /// <summary>The member of <c>processor_config.json</c> that configures the image processor.</summary>
    public const string ImageSection = "image_processor";

    private const string AudioSection = "feature_extractor";
    private const string AudioFile = "feature_extractor.json";

    // What an encoder of sound of any length is given at once: beyond it attention grows over memory.
    private const double LongestWindow = 30;

    // These number positions from the padding's id on.
    private static readonly string[] OffsetKinds = ["roberta", "xlm-roberta", "camembert", "mpnet", "longformer", "clap"];

    /// <summary>Finds it.</summary>
    /// <exception cref="PipelineException">A file is missing or cannot be used; the message names it.</exception>
    public FoundPreprocessing Find(string model, ModelSignature signature, Modality modality) => modality switch
    {
        Modality.Image => FindImage(model),
        Modality.Audio => FindAudio(model),
        _ => FindText(model, signature),
    };

    private FoundPreprocessing FindImage(string model)
    {
        var file = IsFor(Modality.Image) ? FolderFiles.Preprocessor
            : ExportFolder.MemberOf(folder.Read(FolderFiles.Processor), ImageSection) is not null ? FolderFiles.Processor
            : throw Missing(model, "pictures", "image processor");
        var config = ImageProcessorConfig.Load(folder.PathOf(file));
        return new FoundPreprocessing(new ImageSettings { Config = file }, [file], new Dictionary<string, byte[]>())
        {
            Words = $"{config.Type ?? "image processor"}, {file}",
        };
    }

    private FoundPreprocessing FindAudio(string model)
    {
        var section = ExportFolder.MemberOf(folder.Read(FolderFiles.Processor), AudioSection);
        var file = IsFor(Modality.Audio) ? FolderFiles.Preprocessor : AudioFile;
        var written = new Dictionary<string, byte[]>();
        FeatureExtractorConfig config;
        if (file == FolderFiles.Preprocessor)
        {
            config = FeatureExtractorConfig.Load(folder.PathOf(file));
        }
        else
        {
            written.Add(file, Encoding.UTF8.GetBytes((section ?? throw Missing(model, "recordings", "feature extractor")).GetRawText()));
            config = LoadWritten(written[file]);
        }

        var window = config.Seconds ?? LongestWindow;
        return new FoundPreprocessing(
            new AudioSettings { Config = file, WindowSeconds = window }, written.Count > 0 ? [] : [file], written)
        {
            Words = string.Create(CultureInfo.InvariantCulture, $"{config.TensorName}, {config.SampleRate} Hz, windows of {window:0.##} s, {file}"),
        };
    }

    private FoundPreprocessing FindText(string model, ModelSignature signature)
    {
        var file = FolderFiles.TokenizerOf(folder.Files) ?? throw new PipelineException(
            $"{folder.Path} has no tokenizer, which {model} needs for texts. Copy tokenizer.json, or the vocabulary files, from the model's repository.");
        var tokenizer = TokenizerFiles.Load(folder.PathOf(file));
        var axis = signature.Inputs.First(input => input.Name == "input_ids").Shape is [_, > 0 and var extent] ? extent : (int?)null;
        int?[] lengths = [axis, tokenizer.MaximumLength, folder.NumberOf(FolderFiles.SentenceLengths, "max_seq_length"), Positions(tokenizer.PaddingId)];
        var length = lengths.Min() ?? TextTokenizer.GreatestDefaultLength;

        // SigLIP was trained on texts filled up to the end, and tells of no mask.
        var padded = axis is not null || folder.ModelType.StartsWith("siglip", StringComparison.Ordinal);
        var settings = new TokenSettings
        {
            Tokenizer = file,
            MaximumLength = length,

            // Of what the tokenizer's file says nothing but time depends on it: the encoder fills up to the longest text of a batch.
            Padding = padded ? TokenPadding.MaxLength : TokenPadding.None,
        };
        return new FoundPreprocessing(
            settings, FolderFiles.TokenizerFilesOf(folder.Files), new Dictionary<string, byte[]>())
        {
            PadId = tokenizer.PaddingId,
            Words = $"{(padded ? "exactly" : "at most")} {length} tokens, {file}",
        };
    }

    private int? Positions(int padding)
    {
        var positions = folder.NumberOf(FolderFiles.Config, "max_position_embeddings", "text_config");
        return positions > padding + 2 && OffsetKinds.Contains(folder.ModelType) ? positions - padding - 1 : positions;
    }

    private bool IsFor(Modality modality) => folder.Read(FolderFiles.Preprocessor) is { } config && PreprocessorKind.Of(config) == modality;

    private PipelineException Missing(string model, string what, string whose) => new(
        $"{folder.PathOf(FolderFiles.Preprocessor)} is {(folder.Files.Contains(FolderFiles.Preprocessor) ? $"not the configuration of {Article(whose)} {whose}" : "missing")}, " +
        $"which says how {what} are prepared for {model}. Copy it from the model's original repository.");

    private static string Article(string word) => "aeiou".Contains(word[0], StringComparison.Ordinal) ? "an" : "a";

    private static FeatureExtractorConfig LoadWritten(byte[] content)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, content);
            return FeatureExtractorConfig.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

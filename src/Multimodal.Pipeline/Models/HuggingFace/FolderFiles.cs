namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>The files of an exported folder that say how its models are to be fed.</summary>
public static class FolderFiles
{
    /// <summary>The model's own configuration.</summary>
    public const string Config = "config.json";

    /// <summary>How pictures or recordings are prepared.</summary>
    public const string Preprocessor = "preprocessor_config.json";

    /// <summary>The same for several modalities, each under a name of its own.</summary>
    public const string Processor = "processor_config.json";

    /// <summary>The modules of a sentence-transformers model.</summary>
    public const string Modules = "modules.json";

    /// <summary>How a sentence-transformers model pools.</summary>
    public const string Pooling = "1_Pooling/config.json";

    /// <summary>How many tokens a sentence-transformers model takes.</summary>
    public const string SentenceLengths = "sentence_bert_config.json";

    /// <summary>What a decoder is asked with, and what it must not write.</summary>
    public const string Generation = "generation_config.json";

    /// <summary>The tokenizer's settings.</summary>
    public const string TokenizerConfig = "tokenizer_config.json";

    private const string Tokenizer = "tokenizer.json";

    private static readonly string[] Beside = [TokenizerConfig, "special_tokens_map.json", "added_tokens.json"];

    private static readonly string[][] Vocabularies =
        [["vocab.json", "merges.txt"], ["vocab.txt"], ["spiece.model"], ["sentencepiece.bpe.model"], ["tokenizer.model"]];

    /// <summary>The file that a tokenizer is read from, or null where there is none.</summary>
    public static string? TokenizerOf(IReadOnlyCollection<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return files.Contains(Tokenizer) ? Tokenizer : Array.Find(Vocabularies, names => names.All(files.Contains))?[0];
    }

    /// <summary>That file and those beside it that it is read with.</summary>
    public static IReadOnlyList<string> TokenizerFilesOf(IReadOnlyCollection<string> files) => TokenizerOf(files) switch
    {
        null => [],
        Tokenizer => [Tokenizer, .. Beside.Where(files.Contains)],
        var first => [.. Vocabularies.First(names => names[0] == first), .. Beside.Where(files.Contains)],
    };
}

using System.Text;
using System.Text.Json;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Encodings;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>Reads tokenizers from the files that Hugging Face folders hold, as they are.</summary>
public static class TokenizerFiles
{
    /// <summary>The largest file, in bytes: several times the largest in use.</summary>
    private const long MaximumBytes = 256L << 20;

    /// <summary>
    /// Reads <c>tokenizer.json</c>, <c>vocab.json</c> with <c>merges.txt</c> beside it, <c>vocab.txt</c>, or a SentencePiece model
    /// (<c>*.model</c>); of its folder also <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c> and <c>added_tokens.json</c>.
    /// </summary>
    /// <exception cref="PipelineException">A file is absent, malformed, or asks for something that is not known; the message names it.</exception>
    public static TextTokenizer Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Load(path, name => Path.Combine(Path.GetDirectoryName(path) ?? "", name) is var sibling && File.Exists(sibling) ? sibling : null);
    }

    /// <summary>Reads a tokenizer.</summary>
    /// <param name="path">The file.</param>
    /// <param name="findSibling">From the name of a file beside it to its path; null where there is none that may be read.</param>
    /// <exception cref="PipelineException">As above.</exception>
    public static TextTokenizer Load(string path, Func<string, string?> findSibling)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(findSibling);
        using var configuration = ReadSibling(findSibling, "tokenizer_config.json");
        using var specialTokens = ReadSibling(findSibling, "special_tokens_map.json");
        var config = new TokenizerConfig(configuration?.Root, specialTokens?.Root);
        switch (Path.GetFileName(path))
        {
            case var name when name.EndsWith(".model", StringComparison.OrdinalIgnoreCase):
                return VocabularyFiles.FromSentencePiece(ReadBytes(path), config, path);
            case var name when name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase):
                return VocabularyFiles.FromWords(ReadLines(path), config, path);
            case var name when !name.EndsWith(".json", StringComparison.OrdinalIgnoreCase):
                throw new PipelineException($"The tokenizer {path} is of no kind that is read: tokenizer.json, vocab.json, vocab.txt or *.model.");
            default:
                return ReadJson(path, findSibling, config);
        }
    }

    private static TextTokenizer ReadJson(string path, Func<string, string?> findSibling, TokenizerConfig config)
    {
        using var json = JsonFile.Read(path, ReadBytes(path));
        if (json.Root.Find("model") is { Element.ValueKind: JsonValueKind.Object })
        {
            return TokenizerJsonReader.Read(json.Root, config);
        }

        var merges = findSibling("merges.txt")
            ?? throw new PipelineException($"The vocabulary {path} needs its merges.txt beside it; a pipeline must list it under \"files\".");
        using var added = ReadSibling(findSibling, "added_tokens.json");
        return VocabularyFiles.FromMerges(json.Root, ReadLines(merges), added?.Root, config, merges);
    }

    private static JsonFile? ReadSibling(Func<string, string?> findSibling, string name) =>
        findSibling(name) is { } path ? JsonFile.Read(path, ReadBytes(path)) : null;

    private static List<string> ReadLines(string path)
    {
        var text = Decode(ReadBytes(path), path);
        // Vocabularies hold tokens that other readers take for line breaks, such as U+2028 or U+0085.
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines.Count > 0 && lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines;
    }

    private static string Decode(byte[] bytes, string path)
    {
        try
        {
            return TextEncodings.Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new PipelineException($"{path} is not well-formed UTF-8 at byte {e.Index}.", e);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaximumBytes
                ? File.ReadAllBytes(path)
                : throw new PipelineException($"The tokenizer {path} is larger than {MaximumBytes} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PipelineException($"The tokenizer {path} cannot be read: {e.Message}", e);
        }
    }
}

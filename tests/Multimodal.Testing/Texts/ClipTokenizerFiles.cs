using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Multimodal.Testing.Texts;

/// <summary>
/// Writes CLIP's tokenizer in Hugging Face's files from its published merges: 256 characters for bytes, the same at a word's end, one token
/// for each of the merges that count, and the start and the end.
/// </summary>
public static class ClipTokenizerFiles
{
    private const int VocabularySize = 49_152;
    private const string WordEnd = "</w>";
    private const string Start = "<|startoftext|>";
    private const string End = "<|endoftext|>";

    /// <summary>Writes tokenizer.json, tokenizer_config.json, vocab.json and merges.txt.</summary>
    /// <param name="merges">bpe_simple_vocab_16e6.txt.gz.</param>
    /// <param name="folder">An existing folder.</param>
    public static void Write(string merges, string folder)
    {
        using var packed = new GZipStream(File.OpenRead(merges), CompressionMode.Decompress);
        var lines = new StreamReader(packed).ReadToEnd().Split('\n')[1..(VocabularySize - 256 - 2 + 1)];
        var characters = ByteCharacters();
        string[] tokens =
        [
            .. characters, .. characters.Select(c => c + WordEnd), .. lines.Select(line => line.Replace(" ", "", StringComparison.Ordinal)), Start, End,
        ];
        var vocabulary = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));
        Save("vocab.json", vocabulary);
        File.WriteAllText(Path.Combine(folder, "merges.txt"), "#version: 0.2\n" + string.Join('\n', lines) + "\n");
        Save("tokenizer_config.json", new JsonObject { ["tokenizer_class"] = "CLIPTokenizer", ["model_max_length"] = 77, ["pad_token"] = End, ["unk_token"] = End });
        Save("tokenizer.json", new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray(Added(tokens.Length - 2, Start, normalized: true), Added(tokens.Length - 1, End, normalized: false)),
            ["normalizer"] = Parse("""{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "},{"type":"Lowercase"}]}"""),
            ["pre_tokenizer"] = Parse("""
                {"type":"Sequence","pretokenizers":[
                  {"type":"Split","pattern":{"Regex":"'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"},"behavior":"Removed","invert":true},
                  {"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}]}
                """),
            ["post_processor"] = new JsonObject
            {
                ["type"] = "RobertaProcessing",
                ["sep"] = new JsonArray(End, tokens.Length - 1),
                ["cls"] = new JsonArray(Start, tokens.Length - 2),
                ["trim_offsets"] = false,
                ["add_prefix_space"] = false,
            },
            ["decoder"] = Parse("""{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true}"""),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = End,
                ["continuing_subword_prefix"] = "",
                ["end_of_word_suffix"] = WordEnd,
                ["fuse_unk"] = false,
                ["vocab"] = vocabulary.DeepClone(),
                ["merges"] = new JsonArray([.. lines.Select(line => JsonValue.Create(line))]),
            },
        });

        void Save(string name, JsonNode json) => File.WriteAllText(Path.Combine(folder, name), json.ToJsonString());
    }

    private static JsonObject Added(int id, string content, bool normalized) => new()
    {
        ["id"] = id,
        ["content"] = content,
        ["single_word"] = false,
        ["lstrip"] = false,
        ["rstrip"] = false,
        ["normalized"] = normalized,
        ["special"] = true,
    };

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;

    // First the characters that are printable by themselves, then those that stand for the other bytes.
    private static string[] ByteCharacters()
    {
        int[] printable = [.. Enumerable.Range('!', 94), .. Enumerable.Range(0xA1, 12), .. Enumerable.Range(0xAE, 82)];
        return [.. printable.Select(c => ((char)c).ToString()), .. Enumerable.Range(0x100, 256 - printable.Length).Select(c => ((char)c).ToString())];
    }
}

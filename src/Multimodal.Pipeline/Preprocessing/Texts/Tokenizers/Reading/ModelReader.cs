using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>Reads <c>model</c> of <c>tokenizer.json</c>.</summary>
internal static class ModelReader
{
    /// <summary>Ids are indices of an array, so a stray huge one must not cost memory.</summary>
    private const int GreatestId = 4_000_000;

    public static ISubwordModel Read(ConfigNode node) => (node.FindText("type") ?? Guess(node)) switch
    {
        "BPE" => ReadBpe(node),
        "WordPiece" => new WordPieceModel(
            ReadVocabulary(node.Get("vocab")),
            node.FindText("unk_token") ?? "[UNK]",
            node.FindText("continuing_subword_prefix") ?? "##",
            node.Find("max_input_chars_per_word")?.AsCount() ?? 100,
            node.Place),
        "Unigram" => ReadUnigram(node),
        "WordLevel" => ReadWordLevel(node),
        var type => throw node.Fault($"is of the type \"{type}\", which is not known here"),
    };

    /// <summary>Reads an object of tokens to ids.</summary>
    public static Vocabulary ReadVocabulary(ConfigNode node)
    {
        var ids = new Dictionary<string, int>();
        var used = new HashSet<int>();
        foreach (var (token, value) in node.Members())
        {
            var id = value.AsCount();
            if (id > GreatestId)
            {
                throw node.Fault($"gives \"{token}\" the id {id}; at most {GreatestId} are read");
            }

            if (!used.Add(id))
            {
                throw node.Fault($"gives \"{token}\" the id {id}, which another token has");
            }

            ids[token] = id;
        }

        return ids.Count > 0 ? new Vocabulary(ids) : throw node.Fault("is empty");
    }

    private static BpeModel ReadBpe(ConfigNode node) => new(
        ReadVocabulary(node.Get("vocab")),
        node.Get("merges").Items().Select(ReadMerge),
        new BpeOptions
        {
            UnknownToken = node.FindText("unk_token"),
            Prefix = node.FindText("continuing_subword_prefix") ?? "",
            Suffix = node.FindText("end_of_word_suffix") ?? "",
            FusesUnknown = node.Flag("fuse_unk", otherwise: false),
            HasByteFallback = node.Flag("byte_fallback", otherwise: false),
            IgnoresMerges = node.Flag("ignore_merges", otherwise: false),
        },
        node.Place);

    // "a b", or ["a", "b"] since tokens may hold spaces.
    private static (string Left, string Right) ReadMerge(ConfigNode node)
    {
        if (node.Element.ValueKind == System.Text.Json.JsonValueKind.Array)
        {
            var pair = node.Items().Select(item => item.AsText()).ToArray();
            return pair.Length == 2 ? (pair[0], pair[1]) : throw node.Fault("must be two tokens");
        }

        return SplitMerge(node.AsText()) ?? throw node.Fault("must be two tokens with a space between");
    }

    /// <summary>Two tokens with a space between, or null.</summary>
    public static (string Left, string Right)? SplitMerge(string merge)
    {
        var space = merge.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && space == merge.LastIndexOf(' ') && space + 1 < merge.Length ? (merge[..space], merge[(space + 1)..]) : null;
    }

    private static SentencePieceModel ReadUnigram(ConfigNode node)
    {
        var pieces = new List<SentencePiece>();
        var seen = new HashSet<string>();
        var unknown = node.Get("unk_id").AsCount();
        foreach (var entry in node.Get("vocab").Items())
        {
            var parts = entry.Items().ToArray();
            if (parts.Length != 2)
            {
                throw entry.Fault("must be a token and its score");
            }

            var (text, score) = (parts[0].AsText(), (float)parts[1].AsNumber());
            var kind = pieces.Count == unknown ? SentencePiece.Unknown : text.Length == 0 ? SentencePiece.Control : SentencePiece.Normal;
            if (!seen.Add(text))
            {
                throw entry.Fault($"lists \"{text}\" a second time");
            }

            pieces.Add(new SentencePiece(text, score, kind));
        }

        return unknown < pieces.Count
            ? new SentencePieceModel(
                new SentencePieceFile(pieces, unknown, node.Flag("byte_fallback", otherwise: false)), normalizes: false, node.Place)
            : throw node.Fault($"has the unk_id {unknown}, which is none of its {pieces.Count} tokens");
    }

    private static WordLevelModel ReadWordLevel(ConfigNode node)
    {
        var vocabulary = ReadVocabulary(node.Get("vocab"));
        return new WordLevelModel(vocabulary, node.FindText("unk_token") is { } unknown ? vocabulary.Find(unknown) : null);
    }

    // Files of early versions do not say the type.
    private static string Guess(ConfigNode node) =>
        node.Find("merges") is not null ? "BPE" :
        node.Find("vocab") is { Element.ValueKind: System.Text.Json.JsonValueKind.Array } ? "Unigram" :
        node.Find("continuing_subword_prefix") is not null ? "WordPiece" : node.Type;
}

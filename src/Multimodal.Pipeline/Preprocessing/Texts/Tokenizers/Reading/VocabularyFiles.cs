using System.Text;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>
/// Builds tokenizers from vocabularies alone, as the Python classes that the files belong to do; the class is the one that
/// <c>tokenizer_config.json</c> names, else the one that the vocabulary looks like.
/// </summary>
internal static class VocabularyFiles
{
    private const string WordEnd = "</w>";

    /// <summary><c>vocab.json</c> with <c>merges.txt</c>: CLIP, or one at the level of bytes (GPT-2, RoBERTa, Whisper).</summary>
    /// <param name="vocabulary">Tokens to ids.</param>
    /// <param name="merges">The lines of the file.</param>
    /// <param name="added">Of <c>added_tokens.json</c>, or null.</param>
    /// <param name="config">What else is known.</param>
    /// <param name="place">Where the merges stand, for messages.</param>
    public static TextTokenizer FromMerges(ConfigNode vocabulary, IEnumerable<string> merges, ConfigNode? added, TokenizerConfig config, string place)
    {
        var tokens = ModelReader.ReadVocabulary(vocabulary);
        var isClip = config.Class is "CLIPTokenizer" || (config.Class.Length == 0 && tokens.Find("a" + WordEnd) is not null);
        var pairs = merges
            .Where(line => line.Length > 0 && !line.StartsWith("#version", StringComparison.Ordinal))
            .Select(line => ModelReader.SplitMerge(line) ?? throw new PipelineException($"{place}: the line \"{line}\" is not two tokens with a space between."));
        var additions = (added?.Members() ?? []).Select(member => new AddedToken(member.Value.AsCount(), member.Name) { Special = true })
            .Concat(config.AddedTokens())
            .DistinctBy(token => token.Content)
            .ToDictionary(token => token.Content);
        int? Find(string token) => additions.TryGetValue(token, out var known) ? known.Id : tokens.Find(token);
        var defaults = Defaults(config);
        return isClip
            ? new TextTokenizer(
                new BpeModel(tokens, pairs, new BpeOptions { UnknownToken = "<|endoftext|>", Suffix = WordEnd }, place),
                Special(additions, Find, "<|startoftext|>", "<|endoftext|>"),
                new NormalizerSequence(
                [
                    new SimpleNormalizer(text => TextForms.Compose(text, NormalizationForm.FormC)), new SimpleNormalizer(TextForms.Lower),
                ]),
                new PreTokenizerSequence([new ClipPreTokenizer(), new ByteLevelPreTokenizer(addsSpace: false, splits: false)]),
                TokenTemplate.Around(Find("<|startoftext|>"), Find("<|endoftext|>")),
                defaults with { MaximumLength = defaults.MaximumLength ?? 77 },
                config)
            : new TextTokenizer(
                new BpeModel(tokens, pairs, new BpeOptions { UnknownToken = config.FindToken("unk_token") ?? "<unk>" }, place),
                Special(additions, Find, "<s>", "</s>", "<pad>", "<unk>", "<mask>", "<|endoftext|>"),
                null,
                new ByteLevelPreTokenizer(config.FindFlag("add_prefix_space") ?? false, splits: true),
                ByteLevelTemplate(config, Find),
                defaults,
                config);
    }

    /// <summary><c>vocab.txt</c>: BERT's.</summary>
    public static TextTokenizer FromWords(IReadOnlyList<string> lines, TokenizerConfig config, string place)
    {
        var ids = new Dictionary<string, int>(lines.Count);
        for (var id = 0; id < lines.Count; id++)
        {
            if (!ids.TryAdd(lines[id], id))
            {
                throw new PipelineException($"{place} lists \"{lines[id]}\" in line {id + 1} a second time.");
            }
        }

        var vocabulary = new Vocabulary(ids);
        var lowers = config.FindFlag("do_lower_case") ?? !lines.Any(line => line.Length > 0 && char.IsAsciiLetterUpper(line[0]));
        var unknown = config.FindToken("unk_token") ?? "[UNK]";
        var (start, end) = (config.FindToken("cls_token") ?? "[CLS]", config.FindToken("sep_token") ?? "[SEP]");
        return new TextTokenizer(
            new WordPieceModel(vocabulary, unknown, "##", 100, place),
            Special([], vocabulary.Find, "[PAD]", unknown, start, end, "[MASK]"),
            new BertNormalizer(cleans: true, config.FindFlag("tokenize_chinese_chars") ?? true, config.FindFlag("strip_accents") ?? lowers, lowers),
            new BertPreTokenizer(),
            TokenTemplate.Around(vocabulary.Find(start), vocabulary.Find(end)),
            Defaults(config),
            config);
    }

    /// <summary>A SentencePiece model, with the special tokens of the class: T5's end, Llama's start, XLM-R's both and its shifted ids.</summary>
    public static TextTokenizer FromSentencePiece(byte[] bytes, TokenizerConfig config, string place)
    {
        var file = SentencePieceFile.Read(bytes, place);
        var rules = file.Rules.Length > 0 ? new PrecompiledNormalizer(file.Rules, takesLongest: true, place) : null;
        if (config.Class is "XLMRobertaTokenizer")
        {
            // fairseq's order: <s>, <pad>, </s>, <unk>, then the model's pieces after its own first three, then <mask>.
            var mask = file.Pieces.Count + 1;
            var names = new Dictionary<string, int> { ["<s>"] = 0, ["<pad>"] = 1, ["</s>"] = 2, ["<unk>"] = 3, ["<mask>"] = mask };
            var shifted = new SentencePieceModel(file, normalizes: true, place, id => id == file.UnknownId ? 3 : id + 1, names);
            return new TextTokenizer(
                shifted, Special([], shifted.FindId, [.. names.Keys]), rules, null, TokenTemplate.Around(0, 2), Defaults(config), config);
        }

        var model = new SentencePieceModel(file, normalizes: true, place);
        var adds = config.Class switch
        {
            "T5Tokenizer" => (Start: false, End: true),
            "LlamaTokenizer" or "GemmaTokenizer" => (Start: true, End: false),
            _ => (Start: false, End: false),
        };
        var start = config.FindFlag("add_bos_token") ?? adds.Start ? model.FindId(config.FindToken("bos_token") ?? "<s>") : null;
        var end = config.FindFlag("add_eos_token") ?? adds.End ? model.FindId(config.FindToken("eos_token") ?? "</s>") : null;
        return new TextTokenizer(
            model, Special([], model.FindId, "<s>", "</s>", "<unk>", "<pad>"), rules, null, TokenTemplate.Around(start, end), Defaults(config), config);
    }

    private static TokenTemplate ByteLevelTemplate(TokenizerConfig config, Func<string, int?> find)
    {
        if (config.Class is "RobertaTokenizer" or "BartTokenizer" || (config.Class.Length == 0 && find("<s>") is not null && find("</s>") is not null))
        {
            return TokenTemplate.Around(find("<s>"), find("</s>"));
        }

        if (config.Class is "WhisperTokenizer" && find("<|startoftranscript|>") is { } start && find("<|endoftext|>") is { } end)
        {
            return new TokenTemplate(find("<|notimestamps|>") is { } plain ? [(start, 0), (plain, 0)] : [(start, 0)], [(end, 0)]);
        }

        return TokenTemplate.Around(
            config.FindFlag("add_bos_token") is true ? find(config.FindToken("bos_token") ?? "<|endoftext|>") : null,
            config.FindFlag("add_eos_token") is true ? find(config.FindToken("eos_token") ?? "<|endoftext|>") : null);
    }

    private static AddedToken[] Special(Dictionary<string, AddedToken> added, Func<string, int?> find, params string[] names) =>
    [
        .. added.Values,
        .. names.Where(name => !added.ContainsKey(name)).Select(name => (name, Id: find(name))).Where(entry => entry.Id is not null)
            .Select(entry => new AddedToken(entry.Id!.Value, entry.name) { Special = true }),
    ];

    private static TokenizerDefaults Defaults(TokenizerConfig config) =>
        new() { MaximumLength = config.MaximumLength, CutsLeft = config.CutsLeft, PadsLeft = config.PadsLeft };
}

using System.Text;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>Reads <c>pre_tokenizer</c> of <c>tokenizer.json</c>.</summary>
internal static class PreTokenizerReader
{
    /// <summary>Splits at white space, which is left out.</summary>
    public static PreTokenizer AtWhiteSpace { get; } = new ClassRunPreTokenizer(rune => Rune.IsWhiteSpace(rune) ? -1 : 0);

    public static PreTokenizer Read(ConfigNode node) => node.Type switch
    {
        "Sequence" => new PreTokenizerSequence([.. node.Get("pretokenizers").Items().Select(Read)]),
        "ByteLevel" => new ByteLevelPreTokenizer(node.Flag("add_prefix_space", otherwise: true), node.Flag("use_regex", otherwise: true)),
        "BertPreTokenizer" => new BertPreTokenizer(),
        "Whitespace" => new ClassRunPreTokenizer(rune => Rune.IsWhiteSpace(rune) ? -1 : CharacterClasses.IsWord(rune) ? 0 : 1),
        "WhitespaceSplit" => AtWhiteSpace,
        "Metaspace" => ReadMetaspace(node),
        "Split" => ReadSplit(node),
        "Punctuation" => new SplitPreTokenizer(
            new RunePattern(CharacterClasses.IsPunctuation, inRuns: false), ReadBehavior(node, "Isolated"), isInverted: false),
        "Digits" => new SplitPreTokenizer(
            new RunePattern(Rune.IsNumber, !node.Flag("individual_digits", otherwise: false)), SplitBehavior.Isolated, isInverted: false),
        "CharDelimiterSplit" => new SplitPreTokenizer(new LiteralPattern(node.Text("delimiter")), SplitBehavior.Removed, isInverted: false),
        "FixedLength" => ReadFixedLength(node),
        var type => throw node.Fault($"is of the type \"{type}\", which is not known here"),
    };

    private static PreTokenizer ReadSplit(ConfigNode node)
    {
        var behavior = ReadBehavior(node, null);
        var isInverted = node.Flag("invert", otherwise: false);
        return isInverted && behavior == SplitBehavior.Removed && node.Get("pattern").FindText("Regex") == WordScanners.ClipPattern
            ? new ClipPreTokenizer()
            : new SplitPreTokenizer(PatternReader.Read(node.Get("pattern")), behavior, isInverted);
    }

    private static SplitBehavior ReadBehavior(ConfigNode node, string? otherwise)
    {
        var name = node.FindText("behavior") ?? otherwise ?? node.Text("behavior");
        return Enum.TryParse<SplitBehavior>(name, out var behavior) ? behavior : throw node.Fault($"has the behavior \"{name}\", which is not known here");
    }

    private static MetaspacePreTokenizer ReadMetaspace(ConfigNode node)
    {
        var mark = node.FindText("replacement") ?? "▁";
        var prefix = node.FindText("prepend_scheme") switch
        {
            "always" => MetaspacePrefix.Always,
            "first" => MetaspacePrefix.First,
            "never" => MetaspacePrefix.Never,
            null => node.Flag("add_prefix_space", otherwise: true) ? MetaspacePrefix.Always : MetaspacePrefix.Never,
            var scheme => throw node.Fault($"has the prepend_scheme \"{scheme}\", which is not known here"),
        };
        return mark.Length == 1
            ? new MetaspacePreTokenizer(mark[0], prefix, node.Flag("split", otherwise: true))
            : throw node.Fault("must have a replacement of one character");
    }

    private static FixedLengthPreTokenizer ReadFixedLength(ConfigNode node) =>
        node.Get("length").AsCount() is var length and > 0 ? new FixedLengthPreTokenizer(length) : throw node.Fault("must have a length of 1 or more");
}

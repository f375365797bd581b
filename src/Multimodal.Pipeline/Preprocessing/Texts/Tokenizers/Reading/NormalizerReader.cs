using System.Text;
using Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Normalizers;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>Reads <c>normalizer</c> of <c>tokenizer.json</c>.</summary>
internal static class NormalizerReader
{
    public static ITextNormalizer Read(ConfigNode node) => node.Type switch
    {
        "Sequence" => new NormalizerSequence([.. node.Get("normalizers").Items().Select(Read)]),
        "NFC" => new SimpleNormalizer(text => TextForms.Compose(text, NormalizationForm.FormC)),
        "NFD" => new SimpleNormalizer(text => TextForms.Compose(text, NormalizationForm.FormD)),
        "NFKC" => new SimpleNormalizer(text => TextForms.Compose(text, NormalizationForm.FormKC)),
        "NFKD" => new SimpleNormalizer(text => TextForms.Compose(text, NormalizationForm.FormKD)),
        "Lowercase" => new SimpleNormalizer(TextForms.Lower),
        "StripAccents" => new SimpleNormalizer(text => TextForms.Without(text, CharacterClasses.IsMark)),
        "Nmt" => new SimpleNormalizer(TextForms.Nmt),
        "ByteLevel" => new SimpleNormalizer(TextForms.Bytes),
        "Strip" => ReadStrip(node),
        "Prepend" => ReadPrepend(node.Text("prepend")),
        "Replace" => new ReplaceNormalizer(PatternReader.Read(node.Get("pattern")), node.Text("content")),
        "BertNormalizer" => ReadBert(node),
        "Precompiled" => ReadPrecompiled(node),
        var type => throw node.Fault($"is of the type \"{type}\", which is not known here"),
    };

    private static SimpleNormalizer ReadStrip(ConfigNode node)
    {
        var (left, right) = (node.Flag("strip_left", otherwise: true), node.Flag("strip_right", otherwise: true));
        return new SimpleNormalizer(text => (left, right) switch
        {
            (true, true) => text.Trim(),
            (true, false) => text.TrimStart(),
            (false, true) => text.TrimEnd(),
            _ => text,
        });
    }

    private static SimpleNormalizer ReadPrepend(string prefix) => new(text => text.Length > 0 ? prefix + text : text);

    private static BertNormalizer ReadBert(ConfigNode node)
    {
        var lowers = node.Flag("lowercase", otherwise: true);
        return new BertNormalizer(
            node.Flag("clean_text", otherwise: true), node.Flag("handle_chinese_chars", otherwise: true), node.FindFlag("strip_accents") ?? lowers, lowers);
    }

    private static ITextNormalizer ReadPrecompiled(ConfigNode node)
    {
        var text = node.FindText("precompiled_charsmap") ?? "";
        var rules = new byte[text.Length];
        return !Convert.TryFromBase64String(text, rules, out var count) ? throw node.Fault("holds rules that are not in Base64") :
            count == 0 ? new NormalizerSequence([]) : new PrecompiledNormalizer(rules.AsSpan(0, count), takesLongest: false, node.Place);
    }
}

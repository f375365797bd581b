using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>Reads <c>post_processor</c> of <c>tokenizer.json</c>: what stands around a single text.</summary>
internal static class PostProcessorReader
{
    public static TokenTemplate Read(ConfigNode node) => node.Type switch
    {
        "TemplateProcessing" => ReadTemplate(node),
        "BertProcessing" or "RobertaProcessing" => TokenTemplate.Around(ReadPair(node.Get("cls")), ReadPair(node.Get("sep"))),
        "ByteLevel" => TokenTemplate.Bare,
        "Sequence" => node.Get("processors").Items().Select(Read).Aggregate(TokenTemplate.Bare, Wrap),
        var type => throw node.Fault($"is of the type \"{type}\", which is not known here"),
    };

    private static TokenTemplate Wrap(TokenTemplate inner, TokenTemplate outer) =>
        outer.Count == 0 ? inner : new TokenTemplate([.. outer.Before, .. inner.Before], [.. inner.After, .. outer.After], outer.Type);

    // ["[SEP]", 102]
    private static int ReadPair(ConfigNode node)
    {
        var parts = node.Items().ToArray();
        return parts.Length == 2 ? parts[1].AsCount() : throw node.Fault("must be a token and its id");
    }

    private static TokenTemplate ReadTemplate(ConfigNode node)
    {
        var special = node.Get("special_tokens");
        List<(int Id, int Type)> before = [], after = [];
        int? type = null;
        foreach (var item in node.Get("single").Items())
        {
            if (item.Find("SpecialToken") is { } token)
            {
                var ids = special.Get(token.Text("id")).Get("ids").Items().Select(id => (id.AsCount(), ReadType(token)));
                (type is null ? before : after).AddRange(ids);
            }
            else if (item.Get("Sequence").Text("id") == "A" && type is null)
            {
                type = ReadType(item.Get("Sequence"));
            }
            else
            {
                throw item.Fault("must be a special token, or the sequence \"A\" once");
            }
        }

        return type is { } own
            ? new TokenTemplate(before, after, own)
            : throw new PipelineException($"{node.Place}: the template for a single text lacks the sequence \"A\".");
    }

    private static int ReadType(ConfigNode node) => node.Find("type_id")?.AsCount() ?? 0;
}

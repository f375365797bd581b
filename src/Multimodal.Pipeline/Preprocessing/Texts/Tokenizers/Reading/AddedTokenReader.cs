namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Reading;

/// <summary>Reads an entry of <c>added_tokens</c>.</summary>
internal static class AddedTokenReader
{
    public static AddedToken Read(ConfigNode node, int? id = null)
    {
        var special = node.Flag("special", otherwise: false);
        return new AddedToken(id ?? node.Get("id").AsCount(), node.Text("content"))
        {
            Special = special,
            Normalized = node.Flag("normalized", otherwise: !special),
            SingleWord = node.Flag("single_word", otherwise: false),
            StripLeft = node.Flag("lstrip", otherwise: false),
            StripRight = node.Flag("rstrip", otherwise: false),
        };
    }
}

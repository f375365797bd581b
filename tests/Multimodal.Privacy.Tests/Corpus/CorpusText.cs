namespace Multimodal.Privacy.Tests.Corpus;

/// <summary>A text, what is planted in it, and the country that it comes from.</summary>
/// <param name="Text">The text.</param>
/// <param name="Items">In the order of the text.</param>
/// <param name="Region">ISO 3166; null where none is set.</param>
internal sealed record CorpusText(string Text, IReadOnlyList<PlantedItem> Items, string? Region)
{
    /// <summary>Reads a text in which what is planted stands as <c>⟦kind:value⟧</c>.</summary>
    public static CorpusText Parse(string marked, string? region)
    {
        var text = new System.Text.StringBuilder();
        var items = new List<PlantedItem>();
        for (var i = 0; i < marked.Length;)
        {
            if (marked[i] != '⟦')
            {
                text.Append(marked[i++]);
                continue;
            }

            var (colon, close) = (marked.IndexOf(':', i), marked.IndexOf('⟧', i));
            var start = text.Length;
            text.Append(marked, colon + 1, close - colon - 1);
            items.Add(new PlantedItem(start, text.Length, marked[(i + 1)..colon]));
            i = close + 1;
        }

        return new CorpusText(text.ToString(), items, region);
    }
}

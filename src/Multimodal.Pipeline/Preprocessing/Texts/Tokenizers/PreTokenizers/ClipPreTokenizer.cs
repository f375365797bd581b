namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.PreTokenizers;

/// <summary>CLIP's words.</summary>
internal sealed class ClipPreTokenizer : PreTokenizer
{
    public override bool Split(ReadOnlySpan<char> text, bool isAtStart, IPieceSink sink)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = WordScanners.EndOfClipWord(text, at);
            if (end > at && !sink.Add(text[at..end], isAtStart && at == 0))
            {
                return false;
            }

            at = Math.Max(end, at + 1);
        }

        return true;
    }
}

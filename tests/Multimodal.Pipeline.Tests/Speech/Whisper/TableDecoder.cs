using Multimodal.Pipeline.Speech.Whisper;

namespace Multimodal.Pipeline.Tests.Speech.Whisper;

/// <summary>A decoder whose logits are a function of the text so far; it remembers its rows as a real one does.</summary>
internal sealed class TableDecoder(Func<IReadOnlyList<int>, float[]> logits) : ITokenDecoder
{
    private List<int>[] _rows = [];

    public float[][] Begin(IReadOnlyList<int> prompt)
    {
        _rows = [[]];
        return [.. prompt.Select(_ => logits([]))];
    }

    public float[][] Advance(IReadOnlyList<TokenStep> rows)
    {
        _rows = [.. rows.Select(row => new List<int>(_rows[row.Source]) { row.Token })];
        return [.. _rows.Select(row => logits(row))];
    }

    public void Dispose()
    {
    }
}

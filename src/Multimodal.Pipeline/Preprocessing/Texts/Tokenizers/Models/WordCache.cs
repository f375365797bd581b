using System.Collections.Concurrent;

namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers.Models;

/// <summary>Keeps the tokens of words that were seen, at most <see cref="Capacity"/> of them. Safe for concurrent use.</summary>
internal sealed class WordCache
{
    /// <summary>As many as the reference implementations keep.</summary>
    public const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, int[]> _words = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int _count;

    public WordCache() => _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();

    public bool TryGet(ReadOnlySpan<char> word, out int[] ids) => _lookup.TryGetValue(word, out ids!);

    public void Add(ReadOnlySpan<char> word, ReadOnlySpan<int> ids)
    {
        // A full cache starts anew: what is frequent is back soon.
        if (Interlocked.Increment(ref _count) > Capacity)
        {
            Clear();
        }

        _lookup.TryAdd(word, ids.ToArray());
    }

    public void Clear()
    {
        _words.Clear();
        Interlocked.Exchange(ref _count, 0);
    }
}

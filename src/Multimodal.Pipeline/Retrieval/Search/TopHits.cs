namespace Multimodal.Pipeline.Retrieval.Search;

/// <summary>The best so many of the hits that were offered: a heap with the worst of them on top.</summary>
internal sealed class TopHits(int capacity)
{
    private static readonly Comparer<Hit> WorstFirst = Comparer<Hit>.Create((x, y) => Hit.Compare(y, x));
    private readonly PriorityQueue<Hit, Hit> _heap = new(WorstFirst);

    /// <summary>What a score must reach to matter: that of the worst kept, or nothing while there is room.</summary>
    public double Threshold { get; private set; } = double.NegativeInfinity;

    /// <summary>Offers a hit.</summary>
    public void Offer(Hit hit)
    {
        if (_heap.Count < capacity)
        {
            _heap.Enqueue(hit, hit);
        }
        else
        {
            _heap.EnqueueDequeue(hit, hit);
        }

        if (_heap.Count == capacity)
        {
            Threshold = _heap.Peek().Score;
        }
    }

    /// <summary>Offers all that another one kept.</summary>
    public void OfferAll(TopHits other)
    {
        foreach (var (hit, _) in other._heap.UnorderedItems)
        {
            Offer(hit);
        }
    }

    /// <summary>What was kept, best first.</summary>
    public Hit[] ToOrdered()
    {
        var hits = _heap.UnorderedItems.Select(item => item.Element).ToArray();
        Array.Sort(hits, Hit.Compare);
        return hits;
    }
}

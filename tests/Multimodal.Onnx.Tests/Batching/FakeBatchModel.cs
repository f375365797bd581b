using System.Collections.Concurrent;
using Multimodal.Onnx.Batching;

namespace Multimodal.Onnx.Tests.Batching;

/// <summary>Squares numbers; an item's length is its value modulo 100. What it does besides is up to the test.</summary>
internal sealed class FakeBatchModel : IBatchModel<int, long>
{
    private int _recycled;

    public string Name => "fake";

    public string Provider => "cpu";

    public ConcurrentQueue<int[]> Runs { get; } = [];

    public int Recycled => Volatile.Read(ref _recycled);

    /// <summary>Called within each run, before it succeeds.</summary>
    public Action<IReadOnlyList<int>> During { get; set; } = _ => { };

    public int LengthOf(int item) => item % 100;

    public int KindOf(int item) => item / 100_000;

    public long[] Run(IReadOnlyList<int> items)
    {
        Runs.Enqueue([.. items]);
        During(items);
        return [.. items.Select(item => (long)item * item)];
    }

    public bool IsOutOfMemory(Exception failure) => failure is InsufficientMemoryException;

    public void Recycle() => Interlocked.Increment(ref _recycled);
}

namespace Multimodal.Onnx.Sessions;

/// <summary>What one owner may have open of a <see cref="ResourcePool{T}"/>, whose lock guards it.</summary>
/// <param name="name">The owner.</param>
/// <param name="budget">In bytes.</param>
internal sealed class PoolShare(string name, long budget)
{
    private long _bytes;

    /// <summary>The owner.</summary>
    public string Name => name;

    /// <summary>What it may have open, in bytes.</summary>
    public long Budget => budget;

    /// <summary>What it has open, in bytes.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Counts an opening, or with a negative number a closing.</summary>
    public void Add(long bytes) => Volatile.Write(ref _bytes, _bytes + bytes);
}

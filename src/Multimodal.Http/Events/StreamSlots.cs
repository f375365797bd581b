namespace Multimodal.Http.Events;

/// <summary>Bounds how many clients watch at once.</summary>
internal sealed class StreamSlots(HttpLimits limits)
{
    private int _taken;

    /// <summary>How many there may be.</summary>
    public int Limit => limits.MaximumStreams;

    public bool TryTake()
    {
        if (Interlocked.Increment(ref _taken) <= limits.MaximumStreams)
        {
            return true;
        }

        Release();
        return false;
    }

    public void Release() => Interlocked.Decrement(ref _taken);
}

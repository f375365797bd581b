using Multimodal.Http;
using Multimodal.Local.Engine;

namespace Multimodal.Local.Serve;

/// <summary>
/// Takes jobs over HTTP while not too many wait for their turn, and preprocesses the inputs of a bounded number at once: a picture
/// that is being decoded needs much memory.
/// </summary>
internal sealed class ServeAdmission(LocalEngine engine, ServeSettings settings) : IJobAdmission, IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _slots = new(settings.Concurrency);
    private int _waiting;

    public TimeSpan? FindBusy() => engine.IsFull || engine.Waiting + Volatile.Read(ref _waiting) >= settings.Queue ? RetryAfter : null;

    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _slots.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        return new Admitted(_slots);
    }

    public void Dispose() => _slots.Dispose();

    private sealed class Admitted(SemaphoreSlim slots) : IDisposable
    {
        private SemaphoreSlim? _slots = slots;

        public void Dispose() => Interlocked.Exchange(ref _slots, null)?.Release();
    }
}

namespace Multimodal.Local.Engine;

/// <summary>Lets jobs be worked on in the order they came, so many at once. Those that wait hold nothing but their place.</summary>
internal sealed class JobSlots : IDisposable
{
    private readonly SemaphoreSlim? _jobs;
    private readonly SemaphoreSlim? _steps;
    private readonly int? _maximumWaiting;
    private int _waiting;

    public JobSlots(EngineOptions options)
    {
        if (options.JobsAtOnce is { } atOnce)
        {
            _jobs = new SemaphoreSlim(atOnce);

            // Thousands of jobs that are resumed at once all ask the store first; they need little else.
            _steps = new SemaphoreSlim(2 * atOnce);
        }

        _maximumWaiting = options.JobsWaiting;
    }

    /// <summary>How many jobs wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether as many wait as may.</summary>
    public bool IsFull => Waiting >= _maximumWaiting;

    /// <summary>Waits for a job's turn; disposing gives it to the next.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        if (_jobs is null)
        {
            return new Slot(null);
        }

        Interlocked.Increment(ref _waiting);
        EngineTelemetry.Waiting.Add(1);
        try
        {
            await _jobs.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            EngineTelemetry.Waiting.Add(-1);
        }

        return new Slot(_jobs);
    }

    /// <summary>Waits until another short step beside the jobs' turns may be done; disposing lets the next be done.</summary>
    public async Task<IDisposable> StepAsync(CancellationToken cancellationToken)
    {
        if (_steps is not null)
        {
            await _steps.WaitAsync(cancellationToken);
        }

        return new Slot(_steps);
    }

    public void Dispose()
    {
        _jobs?.Dispose();
        _steps?.Dispose();
    }

    private sealed class Slot(SemaphoreSlim? semaphore) : IDisposable
    {
        private SemaphoreSlim? _semaphore = semaphore;

        public void Dispose() => Interlocked.Exchange(ref _semaphore, null)?.Release();
    }
}

using System.Diagnostics;

namespace Multimodal.Onnx.Scheduling;

/// <summary>One network's door to a <see cref="RunGate"/>: on behalf of which pipeline it runs, and how many threads a run takes. Safe for concurrent use.</summary>
internal sealed class GateEntry
{
    // The weight of the newest in what is averaged.
    private const double Newest = 0.2;

    private readonly RunGate _gate;
    private readonly Queue<double> _charged = [];
    private double _expected;
    private double _delay;

    /// <param name="gate">The gate.</param>
    /// <param name="share">The pipeline's account at it.</param>
    /// <param name="threads">Threads of one run.</param>
    public GateEntry(RunGate gate, GateShare share, int threads)
    {
        _gate = gate;
        Share = share;
        Threads = threads;
    }

    /// <summary>The pipeline's account.</summary>
    public GateShare Share { get; }

    /// <summary>Threads of one run.</summary>
    public int Threads { get; }

    /// <summary>How long a run is likely to take, in seconds; 0 before the first.</summary>
    public double Expected => Volatile.Read(ref _expected);

    /// <summary>How long a run is likely to wait at the gate at present, in seconds.</summary>
    public double Delay => _gate.HasRoom(this) ? 0 : Volatile.Read(ref _delay);

    /// <summary>A door of its own for runs of another length, on behalf of the same pipeline.</summary>
    public GateEntry Beside() => new(_gate, Share, Threads);

    /// <summary>Asks for a run.</summary>
    /// <param name="runner">Given to the thread pool when the run may begin, where it may not at once.</param>
    /// <returns>Whether the run may begin at once; <see cref="Leave"/> ends it in either case.</returns>
    public bool Enter(IThreadPoolWorkItem runner) => _gate.Enter(this, runner);

    /// <summary>Ends a run.</summary>
    /// <param name="took">How long it took; zero where it came to nothing.</param>
    public void Leave(TimeSpan took) => _gate.Leave(this, took.TotalSeconds);

    /// <summary>Waits for a run.</summary>
    /// <returns>Ends the run when it is disposed of.</returns>
    public async Task<IDisposable> EnterAsync()
    {
        var turn = new Turn(this);
        if (!Enter(turn))
        {
            await turn.Task;
        }

        turn.Begin();
        return turn;
    }

    /// <summary>What a run that begins is charged, in seconds. Called under the gate's lock.</summary>
    public double Charge()
    {
        _charged.Enqueue(Expected);
        return Expected;
    }

    /// <summary>What the run that ends was charged: runs of one network are alike, so that it may be another's. Called under the gate's lock.</summary>
    public double Charged() => _charged.Dequeue();

    /// <summary>Called under the gate's lock.</summary>
    public void NoteDelay(double seconds) => _delay += Newest * (seconds - _delay);

    /// <summary>Called under the gate's lock.</summary>
    public void NoteRun(double seconds) => _expected = _expected > 0 ? _expected + (Newest * (seconds - _expected)) : seconds;

    private sealed class Turn(GateEntry entry) : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), IThreadPoolWorkItem, IDisposable
    {
        private GateEntry? _entry = entry;
        private long _begun;

        public void Begin() => _begun = Stopwatch.GetTimestamp();

        public void Execute() => TrySetResult();

        public void Dispose() => Interlocked.Exchange(ref _entry, null)?.Leave(Stopwatch.GetElapsedTime(_begun));
    }
}

namespace Multimodal.Capacity.Kernel;

/// <summary>A clock that jumps from event to event. Events of the same time happen in the order in which they were asked for.</summary>
internal sealed class Simulation
{
    private readonly PriorityQueue<Action, (double Time, long Order)> _events = new();
    private long _order;

    /// <summary>The time, in seconds from the beginning.</summary>
    public double Now { get; private set; }

    /// <summary>Lets something happen at a time; what lies in the past happens now.</summary>
    public void At(double time, Action happens) => _events.Enqueue(happens, (Math.Max(time, Now), _order++));

    /// <summary>Lets something happen after a while, in seconds.</summary>
    public void After(double seconds, Action happens) => At(Now + seconds, happens);

    /// <summary>Runs until nothing is left to happen, or until a time.</summary>
    public void Run(double until = double.PositiveInfinity)
    {
        while (_events.TryPeek(out _, out var next) && next.Time <= until)
        {
            Now = next.Time;
            _events.Dequeue()();
        }

        Now = double.IsPositiveInfinity(until) ? Now : until;
    }
}

namespace Multimodal.Capacity.Kernel;

/// <summary>Lets so many in at once; whoever comes beyond that waits in line.</summary>
internal sealed class Gate
{
    private readonly Simulation _clock;
    private readonly Queue<Action> _line = new();
    private readonly Meter _inside;

    /// <param name="clock">The time.</param>
    /// <param name="name">What it is, for reports.</param>
    /// <param name="places">How many may be inside, 0 or more.</param>
    public Gate(Simulation clock, string name, int places) => (_clock, Name, Places, _inside) = (clock, name, places, new Meter(clock));

    public string Name { get; }

    public int Places { get; private set; }

    public int Waiting => _line.Count;

    public int Inside => (int)_inside.Value;

    /// <summary>The mean share of the places that were taken since the reset.</summary>
    public double Load => Places > 0 ? _inside.Mean / Places : 0;

    public void Enter(Action enters)
    {
        _line.Enqueue(enters);
        LetIn();
    }

    public void Leave()
    {
        _inside.Add(-1);
        LetIn();
    }

    public void Resize(int places)
    {
        Places = places;
        LetIn();
    }

    public void Reset() => _inside.Reset();

    // By the clock, so that a long line does not become a deep stack.
    private void LetIn()
    {
        while (_inside.Value < Places && _line.TryDequeue(out var next))
        {
            _inside.Add(1);
            _clock.After(0, next);
        }
    }
}

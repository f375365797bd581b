namespace Multimodal.Capacity.Kernel;

/// <summary>Servers alike with one queue, first come, first served; their number may change. With Poisson arrivals this is M/G/c.</summary>
internal sealed class Station
{
    private readonly Simulation _clock;
    private readonly Queue<(double Service, double Came, Action Done)> _queue = new();
    private readonly Meter _busy;
    private readonly Meter _waiting;
    private double _asked;
    private double _begun;
    private double _waited;
    private long _begunServices;

    /// <param name="clock">The time.</param>
    /// <param name="name">What it is, for reports.</param>
    /// <param name="servers">How many servers there are, 0 or more.</param>
    public Station(Simulation clock, string name, int servers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(servers);
        (_clock, Name, Servers, _busy, _waiting) = (clock, name, servers, new Meter(clock), new Meter(clock));
    }

    public string Name { get; }

    public int Servers { get; private set; }

    /// <summary>The work that came since the reset, as a share of what the servers could do; beyond 1 the queue grows.</summary>
    public double Load => _clock.Now > _begun && Servers > 0 ? _asked / ((_clock.Now - _begun) * Servers) : 0;

    /// <summary>The mean number of servers at work.</summary>
    public double MeanBusy => _busy.Mean;

    /// <summary>The mean number in the queue, without those served.</summary>
    public double MeanWaiting => _waiting.Mean;

    /// <summary>The mean wait before the service, in seconds, of what began since the reset.</summary>
    public double MeanWait => _begunServices == 0 ? 0 : _waited / _begunServices;

    public int Waiting => _queue.Count;

    /// <summary>Asks for a service.</summary>
    /// <param name="seconds">How long it takes.</param>
    /// <param name="done">Happens at its end.</param>
    public void Serve(double seconds, Action done)
    {
        _asked += seconds;
        _queue.Enqueue((seconds, _clock.Now, done));
        _waiting.Add(1);
        Begin();
    }

    /// <summary>Changes the number of servers; those at work finish what they began.</summary>
    public void Resize(int servers)
    {
        Servers = servers;
        Begin();
    }

    /// <summary>Counts anew.</summary>
    public void Reset()
    {
        (_asked, _begun, _waited, _begunServices) = (0, _clock.Now, 0, 0);
        _busy.Reset();
        _waiting.Reset();
    }

    private void Begin()
    {
        while (_busy.Value < Servers && _queue.TryDequeue(out var next))
        {
            _waiting.Add(-1);
            _waited += _clock.Now - next.Came;
            _begunServices++;
            _busy.Add(1);
            _clock.After(next.Service, () =>
            {
                _busy.Add(-1);
                next.Done();
                Begin();
            });
        }
    }
}

using Multimodal.Capacity.Kernel;

namespace Multimodal.Capacity.Service;

/// <summary>
/// The platform's scaler of one app: it looks every so often at what is wanted, from zero takes one replica and then at most four or twice
/// as many as there are, and each is there after its cold start. Scaling down is left out: a burst is over when its jobs are.
/// </summary>
internal sealed class Scaler
{
    private const int FirstStep = 4;

    private readonly Simulation _clock;
    private readonly double _poll;
    private readonly double _coldStart;
    private readonly int _most;
    private readonly Func<double> _wanted;
    private readonly Action<int> _resize;
    private readonly Meter _asked;
    private int _ready;
    private bool _stopped;

    /// <param name="clock">The time.</param>
    /// <param name="poll">Seconds between two looks.</param>
    /// <param name="coldStart">Seconds until a replica that is asked for works.</param>
    /// <param name="least">Replicas that are there from the beginning.</param>
    /// <param name="most">The most replicas.</param>
    /// <param name="wanted">Replicas that the work asks for.</param>
    /// <param name="resize">Gives the app the replicas that are there.</param>
    public Scaler(Simulation clock, double poll, double coldStart, int least, int most, Func<double> wanted, Action<int> resize)
    {
        (_clock, _poll, _coldStart, _most, _wanted, _resize, _asked, _ready) = (clock, poll, coldStart, most, wanted, resize, new Meter(clock), least);
        _asked.Add(least);
        clock.After(poll, Poll);
    }

    /// <summary>Replicas asked for.</summary>
    public int Asked => (int)_asked.Value;

    /// <summary>The mean number of replicas that were asked for.</summary>
    public double Mean => _asked.Mean;

    /// <summary>Takes a first replica at once, as ingress does for a request.</summary>
    public void Wake() => Grow(Math.Max(1, Asked));

    public void Stop() => _stopped = true;

    private void Poll()
    {
        if (_stopped)
        {
            return;
        }

        var step = Asked == 0 ? 1 : Math.Max(FirstStep, 2 * Asked);
        Grow((int)Math.Min(Math.Min(_most, step), Math.Ceiling(_wanted())));
        _clock.After(_poll, Poll);
    }

    private void Grow(int replicas)
    {
        var more = replicas - Asked;
        if (more > 0)
        {
            _asked.Add(more);
            _clock.After(_coldStart, () => _resize(_ready += more));
        }
    }
}

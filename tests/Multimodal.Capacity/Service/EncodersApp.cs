using Multimodal.Capacity.Kernel;

namespace Multimodal.Capacity.Service;

/// <summary>The replicas of the app <c>encoders</c>: an activity goes to the one that works on the fewest, while there is a place.</summary>
internal sealed class EncodersApp
{
    private readonly Simulation _clock;
    private readonly Hardware _hardware;
    private readonly List<EncoderReplica> _replicas = [];
    private readonly Queue<Action<EncoderReplica>> _line = new();
    private readonly Meter _inside;

    public EncodersApp(Simulation clock, Hardware hardware, int replicas)
    {
        (_clock, _hardware, _inside) = (clock, hardware, new Meter(clock));
        Resize(replicas);
    }

    public int Replicas => _replicas.Count;

    /// <summary>What the scale rule counts, in replicas: activities over what one works on at once.</summary>
    public double Wanted => (_inside.Value + _line.Count) / _hardware.AtOnce;

    /// <summary>The mean load of the devices since the reset.</summary>
    public double DeviceLoad => _replicas.Count == 0 ? 0 : _replicas.Average(replica => replica.Device.Load);

    /// <summary>The mean load of the cores.</summary>
    public double CoreLoad => _replicas.Count == 0 ? 0 : _replicas.Average(replica => replica.Cores.Load);

    /// <summary>The mean share of the places that activities took.</summary>
    public double PlaceLoad => _replicas.Count == 0 ? 0 : _inside.Mean / (_replicas.Count * _hardware.AtOnce);

    /// <summary>Items of a run on average.</summary>
    public double MeanBatch => _replicas.Sum(replica => replica.Batches) is > 0 and var batches ? (double)_replicas.Sum(replica => replica.Items) / batches : 0;

    /// <summary>Hands an activity to a replica, now or when one has a place.</summary>
    public void Enter(Action<EncoderReplica> enters)
    {
        _line.Enqueue(enters);
        LetIn();
    }

    public void Leave(EncoderReplica replica)
    {
        replica.Inside--;
        _inside.Add(-1);
        LetIn();
    }

    /// <summary>Adds replicas; none is taken away while the simulation runs.</summary>
    public void Resize(int replicas)
    {
        while (_replicas.Count < replicas)
        {
            _replicas.Add(new EncoderReplica(_clock, _hardware));
        }

        LetIn();
    }

    public void Reset()
    {
        _inside.Reset();
        _replicas.ForEach(replica => replica.Reset());
    }

    private void LetIn()
    {
        while (_line.Count > 0 && _replicas.MinBy(replica => replica.Inside) is { } free && free.Inside < _hardware.AtOnce)
        {
            var next = _line.Dequeue();
            free.Inside++;
            _inside.Add(1);
            _clock.After(0, () => next(free));
        }
    }
}

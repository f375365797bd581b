using Multimodal.Capacity.Kernel;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Service;

/// <summary>
/// One replica of the encoders. Items of one modality that wait together run together, up to the most of a run; the modality whose
/// oldest item waits longest is next. So many runs are on a GPU at once, each as long as measured beside others; on processors each takes a core.
/// </summary>
internal sealed class EncoderReplica
{
    private readonly Simulation _clock;
    private readonly Hardware _hardware;
    private readonly Dictionary<Modality, Queue<(double Came, Action Done)>> _waiting = [];
    private readonly Station _device;
    private readonly int _atOnce;
    private int _runs;

    public EncoderReplica(Simulation clock, Hardware hardware)
    {
        (_clock, _hardware) = (clock, hardware);
        Cores = new Station(clock, "encoders: cores", hardware.Cores);
        _device = hardware.HasGpu ? new Station(clock, "encoders: GPUs", hardware.Runs) : Cores;
        _atOnce = hardware.HasGpu ? hardware.Runs : Math.Min(hardware.Runs, hardware.Cores);
    }

    /// <summary>The cores: work around the networks, and without a GPU the networks.</summary>
    public Station Cores { get; }

    /// <summary>The GPU, or the cores.</summary>
    public Station Device => _device;

    /// <summary>Activities that it works on.</summary>
    public int Inside { get; set; }

    public long Items { get; private set; }

    public long Batches { get; private set; }

    /// <summary>Encodes an item.</summary>
    public void Encode(Modality modality, Action done)
    {
        if (!_waiting.TryGetValue(modality, out var queue))
        {
            _waiting.Add(modality, queue = new Queue<(double, Action)>());
        }

        queue.Enqueue((_clock.Now, done));

        // After what happens at this time, so that the inputs of one activity come together.
        _clock.After(0, Begin);
    }

    public void Reset()
    {
        (Items, Batches) = (0, 0);
        Cores.Reset();
        _device.Reset();
    }

    private void Begin()
    {
        while (_runs < _atOnce && Next() is { } modality)
        {
            var queue = _waiting[modality];
            var batch = new List<Action>(Math.Min(queue.Count, _hardware.MaximumBatch));
            while (batch.Count < _hardware.MaximumBatch && queue.TryDequeue(out var item))
            {
                batch.Add(item.Done);
            }

            _runs++;
            Items += batch.Count;
            Batches++;
            _device.Serve(_hardware.Curves[modality].RunSeconds(batch.Count), () =>
            {
                _runs--;
                batch.ForEach(done => done());
                Begin();
            });
        }
    }

    private Modality? Next()
    {
        Modality? next = null;
        var came = double.PositiveInfinity;
        foreach (var (modality, queue) in _waiting)
        {
            if (queue.TryPeek(out var oldest) && oldest.Came < came)
            {
                (next, came) = (modality, oldest.Came);
            }
        }

        return next;
    }
}

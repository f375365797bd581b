using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Kernel;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Service;

/// <summary>One cell at work: every job's way through it.</summary>
internal sealed class Cell
{
    private readonly Simulation _clock;
    private readonly Chance _chance;
    private readonly Work _work;
    private readonly double _quietSeconds = new JobOptions().QuietSeconds;
    private readonly RateServer _scheduler;
    private readonly RateServer _storage;
    private readonly RateServer _shared;
    private readonly RateServer _events;
    private readonly RateServer _triggerQueue;
    private readonly RateServer _resultQueue;
    private readonly double _hostFactor;
    private readonly double _actionSeconds;
    private readonly double _eventSeconds;
    private readonly double _dispatchSeconds;
    private readonly (double Median, double P99) _request;
    private readonly (double Median, double P99) _delivery;

    public Cell(Simulation clock, Chance chance, Assumptions assumed, Work work, Deployment deployment)
    {
        (_clock, _chance, _work) = (clock, chance, work);
        _scheduler = new RateServer(clock, "scheduler", deployment.Scheduler.Rate(assumed));
        _storage = new RateServer(clock, "storage account", assumed["storage.rate"]);
        _shared = new RateServer(clock, "blob of the job index", assumed["storage.blob.rate"]);
        _events = new RateServer(clock, "Event Grid", assumed["eventGrid.rate"]);
        _triggerQueue = new RateServer(clock, "queue of blob triggers", assumed["queue.rate"]);
        _resultQueue = new RateServer(clock, "queue of results", assumed["queue.rate"]);
        Jobs = new JobsApp(clock, assumed, deployment.JobsReplicas);
        Encoders = new EncodersApp(clock, deployment.Hardware, deployment.EncoderReplicas);
        _hostFactor = assumed["host.processorFactor"];
        _actionSeconds = assumed["host.actionProcessor"] / 1000;
        _eventSeconds = assumed["host.eventProcessor"] / 1000;
        _dispatchSeconds = assumed["scheduler.dispatch"] / 1000;
        _request = (assumed["storage.latency.median"] / 1000, assumed["storage.latency.p99"] / 1000);
        _delivery = (assumed["eventGrid.latency.median"], assumed["eventGrid.latency.p99"]);
    }

    public JobsApp Jobs { get; }

    public EncodersApp Encoders { get; }

    /// <summary>Jobs that came, and those that are done.</summary>
    public long Arrived { get; private set; }

    public long Done { get; private set; }

    /// <summary>Blob events that came, and those whose work is done.</summary>
    public long EventsArrived { get; private set; }

    public long EventsDone { get; private set; }

    /// <summary>Actions that the scheduler dispatched.</summary>
    public long Actions { get; private set; }

    /// <summary>Requests to the storage account, those of queues included.</summary>
    public double Requests { get; private set; }

    /// <summary>When each job came that is done, and how long it took, in seconds.</summary>
    public List<(double Came, double Seconds)> Latencies { get; } = [];

    /// <summary>How busy each stage is: what was asked of it as a share of what it can do.</summary>
    public IReadOnlyList<StageLoad> Stages() =>
    [
        new(_scheduler.Name, _scheduler.Load, Grows: false),
        new(_storage.Name, _storage.Load, Grows: false),
        new(_shared.Name, _shared.Load, Grows: false),
        new(_events.Name, _events.Load, Grows: false),
        new(_triggerQueue.Name, _triggerQueue.Load, Grows: false),
        new(_resultQueue.Name, _resultQueue.Load, Grows: false),
        new(Jobs.Cores.Name, Jobs.Cores.Load, Grows: true),
        new(Jobs.Triggers.Name, Jobs.Triggers.Load, Grows: true),
        new(Jobs.Activities.Name, Jobs.Activities.Load, Grows: true),
        new("encoders: cores", Encoders.CoreLoad, Grows: true),
        new("encoders: devices", Encoders.DeviceLoad, Grows: true),
        new("encoders: places", Encoders.PlaceLoad, Grows: true),
    ];

    /// <summary>Counts anew, after the first jobs have filled the cell.</summary>
    public void Reset()
    {
        foreach (var server in (RateServer[])[_scheduler, _storage, _shared, _events, _triggerQueue, _resultQueue])
        {
            server.Reset();
        }

        Jobs.Reset();
        Encoders.Reset();
    }

    /// <summary>A job comes now: its form is posted, or the last of its inputs was uploaded.</summary>
    public void Arrive()
    {
        Arrived++;
        var came = _clock.Now;
        if (_work.Posted)
        {
            // The events of the stored inputs come beside it and find the work done.
            var isOpen = true;
            OnJobs(_work.Profile.Submit.At(_work.Total), () =>
            {
                StartEvents(_work.Profile.Seen, () => Wake(isOpen ? _work.Profile.SeenWakes : 0));
                Dispatch(() => List(came, () => isOpen = false));
                Wake(_work.Profile.Posted.Events);
            });
            return;
        }

        // What people upload counts as well.
        Requests += _work.Total;
        _storage.Reserve(_work.Total);
        var seen = 0;
        var history = _work.History;
        StartEvents(_work.Profile.TakeIn, () =>
        {
            if (seen++ == 0)
            {
                // The start, and the further ones of a run that goes on without its history.
                Wake(history.Starts);
            }

            Wake((double)history.Events / _work.Total);
            if (seen == _work.Total)
            {
                _clock.After(_quietSeconds, () =>
                {
                    Wake(history.Timers - 1);
                    Dispatch(() => List(came, () => { }));
                });
            }
        });
    }

    private void StartEvents(PhaseCost cost, Action done)
    {
        for (var i = 0; i < _work.Total; i++)
        {
            EventsArrived++;
            var delivered = _events.Reserve() + _chance.LogNormal(_delivery.Median, _delivery.P99);
            _clock.At(delivered, () => Jobs.Cores.Serve(_eventSeconds, () =>
            {
                // The webhook puts a message on a queue of the host's, which a replica takes and deletes.
                Requests += 3;
                var queued = Math.Max(_triggerQueue.Reserve(), _storage.Reserve(3)) + (2 * Round());
                _clock.At(queued, () => Jobs.Triggers.Enter(() => Work(Jobs.Cores, cost, () =>
                {
                    Jobs.Triggers.Leave();
                    EventsDone++;
                    done();
                })));
            }));
        }
    }

    private void List(double came, Action closes) => Activity(_work.Profile.List.At(_work.Total), () => Encode(came, closes));

    private void Encode(double came, Action closes)
    {
        var left = _work.Chunks.Count;
        foreach (var (modality, inputs) in _work.Chunks)
        {
            Dispatch(() => Encoders.Enter(replica => Encode(replica, modality, inputs, () =>
            {
                Encoders.Leave(replica);
                Dispatch(() =>
                {
                    if (--left == 0)
                    {
                        Fuse(came, closes);
                    }
                });
            })), orchestrates: false);
        }
    }

    // What is read before the networks run and what is written after them; the host's part of the processor time comes first.
    private void Encode(EncoderReplica replica, Modality modality, int inputs, Action done)
    {
        var cost = _work.Profile.Encode.At(inputs);
        var writes = cost with { Reads = 0, Lists = 0, ProcessorMilliseconds = 0, Rounds = Math.Min(inputs, cost.Rounds) };
        var reads = cost with { Writes = 0, Deletes = 0, Messages = 0, BytesWritten = 0, Rounds = cost.Rounds - writes.Rounds };
        Work(replica.Cores, reads, () =>
        {
            var left = inputs;
            for (var i = 0; i < inputs; i++)
            {
                replica.Encode(modality, () =>
                {
                    if (--left == 0)
                    {
                        Work(replica.Cores, writes, done);
                    }
                });
            }
        }, _actionSeconds);
    }

    private void Fuse(double came, Action closes) => Activity(_work.Profile.Fuse.At(_work.Total), () =>
    {
        var publish = _work.Profile.Publish.At(_work.Total);
        Activity(publish, () =>
        {
            Done++;
            closes();
            Latencies.Add((came, _clock.Now - came));
        });
    });

    // One action hands it out; its result is another, which runs the orchestration on.
    private void Activity(PhaseCost cost, Action next) => Dispatch(
        () => Jobs.Activities.Enter(() => OnJobs(cost, () =>
        {
            Jobs.Activities.Leave();
            Dispatch(next);
        })),
        orchestrates: false);

    // Events and the like: each runs the orchestration, and nothing waits for it.
    private void Wake(double times)
    {
        for (var i = 0; i < Math.Round(times); i++)
        {
            Dispatch(() => { });
        }
    }

    private void Dispatch(Action next, bool orchestrates = true)
    {
        Actions++;
        _clock.At(_scheduler.Reserve() + _dispatchSeconds, orchestrates ? () => Jobs.Cores.Serve(_actionSeconds, next) : next);
    }

    private void OnJobs(PhaseCost cost, Action done) => Work(Jobs.Cores, cost, done, _actionSeconds);

    private void Work(Station cores, PhaseCost cost, Action done, double more = 0) =>
        cores.Serve((cost.ProcessorMilliseconds / 1000 * _hostFactor) + more + (cost.Requests * _work.Profile.RequestProcessorMilliseconds / 1000), () =>
        {
            Requests += cost.Requests;
            var ready = cost.Requests > 0 ? _storage.Reserve(cost.Requests) : _clock.Now;
            if (cost.Shared > 0)
            {
                ready = Math.Max(ready, _shared.Reserve(cost.Shared));
            }

            if (cost.Messages > 0)
            {
                ready = Math.Max(ready, _resultQueue.Reserve(cost.Messages));
            }

            for (var i = 0; i < Math.Round(cost.Rounds); i++)
            {
                ready += Round();
            }

            _clock.At(ready, done);
        });

    private double Round() => _chance.LogNormal(_request.Median, _request.P99);
}

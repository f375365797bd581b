using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Kernel;

namespace Multimodal.Capacity.Service;

/// <summary>The replicas of the app <c>jobs</c>: their cores, the blob triggers that they run at once, and the activities.</summary>
internal sealed class JobsApp
{
    private readonly int _cores;
    private readonly int _triggers;
    private readonly int _activities;

    public JobsApp(Simulation clock, Assumptions assumed, int replicas)
    {
        _cores = (int)assumed["jobs.cores"];
        _triggers = (int)assumed["jobs.blobTriggersAtOnce"];
        _activities = (int)assumed["jobs.activitiesAtOnce"];
        Cores = new Station(clock, "jobs: cores", replicas * _cores);
        Triggers = new Gate(clock, "jobs: blob triggers", replicas * _triggers);
        Activities = new Gate(clock, "jobs: activities", replicas * _activities);
        Replicas = replicas;
    }

    public Station Cores { get; }

    public Gate Triggers { get; }

    public Gate Activities { get; }

    public int Replicas { get; private set; }

    /// <summary>What the platform's rules count for the app, in replicas: work that is there over what one replica takes.</summary>
    public double Wanted => Math.Max(
        Math.Max((Triggers.Inside + Triggers.Waiting) / (double)_triggers, (Activities.Inside + Activities.Waiting) / (double)_activities),
        Replicas == 0 ? Math.Min(1, Cores.Waiting) : 0);

    public void Resize(int replicas)
    {
        Replicas = replicas;
        Cores.Resize(replicas * _cores);
        Triggers.Resize(replicas * _triggers);
        Activities.Resize(replicas * _activities);
    }

    public void Reset()
    {
        Cores.Reset();
        Triggers.Reset();
        Activities.Reset();
    }
}

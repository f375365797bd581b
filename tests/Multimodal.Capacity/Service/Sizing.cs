using Multimodal.Capacity.Inputs;
using Multimodal.Capacity.Kernel;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Service;

/// <summary>How many replicas a load needs: by what a job asks of each resource, and how busy that may be.</summary>
internal static class Sizing
{
    /// <summary>The cell for a load.</summary>
    /// <param name="assumed">Limits and times; <c>replicas.load</c> says how busy replicas may be.</param>
    /// <param name="work">The job.</param>
    /// <param name="hardware">What the encoders run on.</param>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="perSecond">Jobs a second that come to this cell.</param>
    public static Deployment For(Assumptions assumed, Work work, Hardware hardware, SchedulerPlan scheduler, double perSecond)
    {
        var (needs, busy) = (Needs(assumed, work, hardware), assumed["replicas.load"]);
        var most = (int)assumed["replicas.most"];
        return new Deployment(hardware, scheduler, Replicas(needs.Jobs), Replicas(needs.Encoders));

        int Replicas(double each) => (int)Math.Clamp(Math.Ceiling(perSecond * each / busy), 1, most);
    }

    /// <summary>Replicas that one job a second keeps wholly busy.</summary>
    public static (double Jobs, double Encoders) Needs(Assumptions assumed, Work work, Hardware hardware)
    {
        var (profile, history) = (work.Profile, work.History);
        var round = MeanOfLogNormal(assumed["storage.latency.median"], assumed["storage.latency.p99"]) / 1000;
        var ofEvent = work.Posted ? profile.Seen : profile.TakeIn;
        var events = work.Total * ofEvent;
        var activities = profile.List.At(work.Total) + profile.Fuse.At(work.Total) + profile.Publish.At(work.Total);
        var onJobs = (work.Posted ? profile.Submit.At(work.Total) : PhaseCost.Zero) + events + activities;
        var action = assumed["host.actionProcessor"] / 1000;

        // Starts, results, events and timers run the orchestration, and three activities run beside it; the submission is one more.
        var steps = history.Actions - work.Chunks.Count + (work.Posted ? 1 : 0);
        var cores = (Processor(onJobs) + (steps * action) + (work.Total * assumed["host.eventProcessor"] / 1000)) / assumed["jobs.cores"];
        var triggers = (Processor(events) + (events.Rounds * round)) / assumed["jobs.blobTriggersAtOnce"];
        var places = (Processor(activities) + (3 * action) + (activities.Rounds * round)) / assumed["jobs.activitiesAtOnce"];

        double device = 0, encoderCores = 0, encoderPlaces = 0;
        foreach (var (modality, inputs) in work.Chunks)
        {
            var cost = profile.Encode.At(inputs);
            var run = hardware.Curves[modality].RunSeconds(hardware.MaximumBatch);
            device += inputs * run / hardware.MaximumBatch;
            encoderCores += Processor(cost) + action;
            encoderPlaces += Processor(cost) + action + (cost.Rounds * round) + (2 * run);
        }

        // Without a GPU the networks are on the cores, as many at once as there are runs.
        var encoders = hardware.HasGpu
            ? Math.Max(device / hardware.Runs, encoderCores / hardware.Cores)
            : Math.Max((device + encoderCores) / hardware.Cores, device / Math.Min(hardware.Runs, hardware.Cores));
        return (Math.Max(cores, Math.Max(triggers, places)), Math.Max(encoders, encoderPlaces / hardware.AtOnce));

        double Processor(PhaseCost cost) =>
            ((cost.ProcessorMilliseconds * assumed["host.processorFactor"]) + (cost.Requests * profile.RequestProcessorMilliseconds)) / 1000;
    }

    /// <summary>About how long a job takes in an empty cell, in seconds: what it waits for storage, events and quiet.</summary>
    public static double EmptySeconds(Assumptions assumed, Work work)
    {
        var profile = work.Profile;
        var rounds = profile.List.At(work.Total).Rounds + profile.Fuse.At(work.Total).Rounds + profile.Publish.At(work.Total).Rounds
            + work.Chunks.Max(chunk => profile.Encode.At(chunk.Inputs).Rounds)
            + (work.Posted ? profile.Submit.At(work.Total).Rounds : profile.TakeIn.Rounds);
        return (rounds * MeanOfLogNormal(assumed["storage.latency.median"], assumed["storage.latency.p99"]) / 1000)
            + (work.Posted ? 0 : new JobOptions().QuietSeconds + assumed["eventGrid.latency.p99"]);
    }

    private static double MeanOfLogNormal(double median, double p99)
    {
        var sigma = Math.Log(p99 / median) / Chance.Normal99;
        return median * Math.Exp(sigma * sigma / 2);
    }
}

using System.Text.Json;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Tests.Replay;

namespace Multimodal.Orchestration.Tests.Batches;

/// <summary>Plays the world around the orchestration of a batch: a container, jobs that come to an end, pauses, steps that fail.</summary>
internal sealed class BatchSimulation(BatchWorld world)
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The runs, each with its history and how many actions stood after each entry of it.</summary>
    public List<(RunBatchRequest Request, DateTimeOffset Start, ReplayContext Context, List<HistoryEntry> History, List<int> Counts)> Runs { get; } = [];

    /// <summary>When pages began, in seconds, and of how many jobs they were.</summary>
    public List<(double At, int Started)> Pages { get; } = [];

    /// <summary>Runs to the end.</summary>
    public BatchSummary Run()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var (request, now) = (new RunBatchRequest("b"), Start);
        while (true)
        {
            Assert.True(Runs.Count < 2_000, "The batch does not come to an end.");
            var context = new ReplayContext(BatchOrchestration.InstanceOf("b"), now);
            Runs.Add((request, now, context, [], []));
            var run = BatchOrchestration.RunAsync(context, request);
            Runs[^1].Counts.Add(context.Actions.Count);
            while (!run.IsCompleted)
            {
                var entry = Next(context);
                Runs[^1].History.Add(entry);
                context.Apply(entry);
                Runs[^1].Counts.Add(context.Actions.Count);
            }

            if (run.GetAwaiter().GetResult() is { } summary)
            {
                return summary;
            }

            (request, now) = (context.NextBatch!, context.CurrentUtcTime);
        }
    }

    private HistoryEntry Next(ReplayContext context)
    {
        var action = context.Open.Single();
        var now = context.CurrentUtcTime;
        if (action.Kind == "wait")
        {
            var until = DateTimeOffset.Parse(action.Content, System.Globalization.CultureInfo.InvariantCulture);
            return world.NextChange(Seconds(now), Seconds(until)) is { } change
                ? new EventRaised(Start.AddSeconds(change), action.Name)
                : new TimerFired(until, action.Id);
        }

        var after = now.AddSeconds(0.25);
        if (world.Fails())
        {
            return new ActivityFailed(after, action.Id, "not now");
        }

        if (action.Name == BatchActivities.LookAtBatch.Name)
        {
            var look = world.Look(Seconds(now));
            return new ActivityCompleted(after, action.Id, JsonSerializer.Serialize(look, OrchestrationJson.Default.BatchLook));
        }

        var page = world.TakeIn(Seconds(now), JsonSerializer.Deserialize(action.Content, OrchestrationJson.Default.PageRequest)!);
        Pages.Add((Seconds(now), page.Started));
        return new ActivityCompleted(after, action.Id, JsonSerializer.Serialize(page, OrchestrationJson.Default.PageReport));
    }

    private static double Seconds(DateTimeOffset time) => (time - Start).TotalSeconds;
}

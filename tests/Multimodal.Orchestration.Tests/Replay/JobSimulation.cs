using System.Globalization;
using System.Text.Json;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Tests.Replay;

/// <summary>Plays the world around one orchestration: uploads, events, timers, activities that end in any order. Records the history.</summary>
internal sealed class JobSimulation
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly RunJobRequest _request;
    private readonly IReadOnlyList<SimulatedInput> _inputs;
    private readonly IReadOnlyList<string> _expected;
    private readonly Func<OrchestrationAction, bool> _fails;
    private readonly Func<int, int> _choose;

    /// <param name="request">What the run is started with.</param>
    /// <param name="inputs">What comes, and when, in seconds after the start.</param>
    /// <param name="expected">The names that the job waits for.</param>
    /// <param name="fails">Which activities fail at every attempt.</param>
    /// <param name="choose">Picks one of n open activities to end next.</param>
    public JobSimulation(
        RunJobRequest request,
        IReadOnlyList<SimulatedInput> inputs,
        IReadOnlyList<string>? expected = null,
        Func<OrchestrationAction, bool>? fails = null,
        Func<int, int>? choose = null)
    {
        _request = request;
        _inputs = inputs;
        _expected = expected ?? [];
        _fails = fails ?? (_ => false);
        _choose = choose ?? (_ => 0);
    }

    /// <summary>The runs, each with its own history, one after the other.</summary>
    public List<SimulatedRun> Runs { get; } = [];

    /// <summary>What all the runs asked for.</summary>
    public IEnumerable<OrchestrationAction> Actions => Runs.SelectMany(run => run.Context.Actions);

    /// <summary>What the job asks for when the first revision is to be published, or null.</summary>
    public RunJobRequest? AskedNext { get; init; }

    public double Seconds => (Current.Context.CurrentUtcTime - Start).TotalSeconds;

    public static DateTimeOffset At(double seconds) => Start.AddSeconds(seconds);

    private SimulatedRun Current => Runs[^1];

    /// <summary>Runs to the end.</summary>
    public JobSummary Run()
    {
        SynchronizationContext.SetSynchronizationContext(null);
        var events = new Queue<SimulatedInput>(_inputs.Where(input => !input.EventLost).OrderBy(input => input.ReadyAt));
        Runs.Add(new SimulatedRun(_request, Start, 0));
        while (true)
        {
            if (RunToItsEnd(Current, events) is { } summary)
            {
                return summary;
            }

            var ended = Current.Context;
            Runs.Add(new SimulatedRun(ended.Next!, ended.CurrentUtcTime, ended.Buffered));
            Assert.True(Runs.Count < 1_000, "The orchestration does not come to an end.");
        }
    }

    private JobSummary? RunToItsEnd(SimulatedRun simulated, Queue<SimulatedInput> events)
    {
        var run = JobOrchestration.RunAsync(simulated.Context, simulated.Request);
        simulated.ActionCounts.Add(simulated.Context.Actions.Count);
        while (!run.IsCompleted)
        {
            simulated.Apply(Next(simulated.Context, events));
            Assert.True(simulated.History.Count < 10_000, "The orchestration does not come to an end.");
        }

        return run.GetAwaiter().GetResult();
    }

    private HistoryEntry Next(ReplayContext context, Queue<SimulatedInput> events)
    {
        var activities = context.Open.Where(action => action.Kind == "activity").ToList();
        if (activities.Count > 0)
        {
            var action = activities[_choose(activities.Count)];
            var time = context.CurrentUtcTime.AddSeconds(0.01);
            return _fails(action) ? new ActivityFailed(time, action.Id, "out of luck") : new ActivityCompleted(time, action.Id, Output(action, time));
        }

        var wait = context.Open.Last(action => action.Kind == "wait");
        var until = DateTimeOffset.Parse(wait.Content, CultureInfo.InvariantCulture);
        if (events.TryPeek(out var input) && At(input.ReadyAt) <= until)
        {
            events.Dequeue();
            return new EventRaised(Later(At(input.ReadyAt), context.CurrentUtcTime), EventNames.InputsChanged);
        }

        return new TimerFired(Later(until, context.CurrentUtcTime), wait.Id);
    }

    private string Output(OrchestrationAction action, DateTimeOffset now) => action.Name switch
    {
        "ListInputs" => JsonSerializer.Serialize(List((now - Start).TotalSeconds), OrchestrationJson.Default.InputListing),
        "FuseAndExecute" => JsonSerializer.Serialize(new FuseReport(JobOutcomeStatus.Succeeded), OrchestrationJson.Default.FuseReport),
        "PublishResult" => JsonSerializer.Serialize(Publish(action), OrchestrationJson.Default.PublishReport),
        _ => JsonSerializer.Serialize(Encode(action), OrchestrationJson.Default.EncodeReport),
    };

    private PublishReport Publish(OrchestrationAction action)
    {
        var request = JsonSerializer.Deserialize(action.Content, OrchestrationJson.Default.PublishRequest)!;
        return new PublishReport($"job/{request.Revision}", request.Revision == _request.Revision ? AskedNext : null);
    }

    private static EncodeReport Encode(OrchestrationAction action)
    {
        var request = JsonSerializer.Deserialize(action.Content, OrchestrationJson.Default.EncodeRequest)!;
        return new EncodeReport(request.Modality, request.Count, 0, 1);
    }

    private InputListing List(double now)
    {
        var uploaded = _inputs.Where(input => input.UploadedAt <= now).ToList();
        var known = uploaded.Where(input => input.ReadyAt <= now).ToList();
        var awaited = uploaded.Select(input => input.Name).Union(_expected).Except(known.Select(input => input.Name)).Count();
        return new InputListing(
            $"listing-{known.Count}",
            [.. from input in known
                where !input.Refused
                group input by input.Modality into modality
                orderby modality.Key
                select new ModalityCount(modality.Key, modality.Count())],
            known.Count(input => input.Refused),
            awaited,
            uploaded.Count == 0 ? null : At(uploaded.Max(input => input.UploadedAt)));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}

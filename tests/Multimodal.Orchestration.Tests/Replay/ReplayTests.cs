using CsCheck;
using Multimodal.Orchestration.Flow;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Orchestration.Tests.Replay;

public sealed class ReplayTests
{
    private static readonly Gen<SimulatedInput[]> Inputs = Gen.Select(
            Gen.Int[0, 2], Gen.Double[0, 30], Gen.Double[0, 10], Gen.Bool, Gen.Bool)
        .Array[0, 6]
        .Select(items => items.Select((item, i) => new SimulatedInput(
            $"input-{i}", (Modality)item.Item1, item.Item2, item.Item2 + item.Item3, item.Item4, item.Item5)).ToArray());

    [Fact]
    public void RunAsync_ReplayedFromEveryPrefixOfItsHistory_AsksForTheSame() =>
        Gen.Select(Inputs, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[0, 5], Gen.Int[0, 1000]).Sample((inputs, named, complete, again, failing, order) =>
        {
            var request = new RunJobRequest(JobId.Parse("job"), 1, complete, named, QuietSeconds: 5, Deadline: JobSimulation.At(60));
            var simulation = new JobSimulation(
                request,
                inputs,
                named ? [.. inputs.Select(input => input.Name), "never-comes"] : [],
                action => action.Name.StartsWith("Encode", StringComparison.Ordinal) && action.Id % 6 == failing,
                count => order % count)
            {
                AskedNext = again ? request with { Revision = 2, Complete = false, Deadline = JobSimulation.At(90) } : null,
            };
            var summary = simulation.Run();

            foreach (var simulated in simulation.Runs)
            {
                AssertReplays(simulated, simulated == simulation.Runs[^1] ? summary : null);
            }
        });

    private static void AssertReplays(SimulatedRun simulated, JobSummary? summary)
    {
        for (var length = 0; length <= simulated.History.Count; length++)
        {
            var replay = simulated.Replay();
            var run = JobOrchestration.RunAsync(replay, simulated.Request);
            foreach (var entry in simulated.History.Take(length))
            {
                replay.Apply(entry);
            }

            Assert.Equal(simulated.Context.Actions.Take(simulated.ActionCounts[length]), replay.Actions);
            Assert.Equal(length == simulated.History.Count, run.IsCompleted);
            if (run.IsCompleted)
            {
                Assert.Equal(summary, run.GetAwaiter().GetResult());
            }
        }
    }
}

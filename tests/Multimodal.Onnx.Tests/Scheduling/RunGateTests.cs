using CsCheck;
using Multimodal.Onnx.Scheduling;

namespace Multimodal.Onnx.Tests.Scheduling;

/// <summary>Who runs when. Runs are simulated: the gate is told how long each took.</summary>
public sealed class RunGateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_ThreadsAreTaken_WaitsUntilARunEnds()
    {
        var gate = Gate(2);
        var entry = gate.Open("one", 1);
        using var first = await entry.EnterAsync();
        var second = await entry.EnterAsync();
        var third = entry.EnterAsync();

        Assert.False(third.IsCompleted);
        Assert.False(gate.HasRoom(entry));
        second.Dispose();
        (await third.WaitAsync(Patience, Token)).Dispose();

        Assert.Equal([("one", 1)], gate.InUse);
        Assert.True(gate.HasRoom(entry));
    }

    [Fact]
    public async Task Enter_RunWiderThanAll_RunsAlone()
    {
        var gate = Gate(2);
        var wide = gate.Open("one", 5);
        var narrow = gate.Open("one", 1);
        var running = await wide.EnterAsync();
        var waiting = narrow.EnterAsync();

        Assert.False(waiting.IsCompleted);
        running.Dispose();
        (await waiting.WaitAsync(Patience, Token)).Dispose();
    }

    [Fact]
    public async Task Enter_OthersHoldAll_BeginsBesideThemUpToItsPart()
    {
        var gate = Gate(4);
        var (heavy, light) = (gate.Open("heavy", 1), gate.Open("light", 1));
        await Take(heavy, 4);

        await Take(light, 2);
        var third = light.EnterAsync();

        Assert.False(third.IsCompleted);
        Assert.Equal([("heavy", 4), ("light", 2)], gate.InUse);
    }

    [Fact]
    public async Task Enter_HasHadMoreThanTheOthers_WaitsForFreeThreads()
    {
        var gate = Gate(2);
        var (heavy, light) = (gate.Open("heavy", 1), gate.Open("light", 1));
        var first = await heavy.EnterAsync();
        var second = await heavy.EnterAsync();
        Assert.True(light.Enter(new Nothing()));
        light.Leave(TimeSpan.FromSeconds(100));

        var next = light.EnterAsync();

        Assert.False(next.IsCompleted);
        first.Dispose();
        (await next.WaitAsync(Patience, Token)).Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task Enter_PipelineHasABound_IsHeldToIt()
    {
        var gate = Gate(4, ("heavy", new PipelineBudget { Threads = 2 }));
        var heavy = gate.Open("Heavy", 1);
        await Take(heavy, 2);

        Assert.False(heavy.EnterAsync().IsCompleted);
        await Take(gate.Open("light", 1), 2);
    }

    [Fact]
    public void Leave_WithPipelinesOfAnyWeights_EachHasItsShareAndNothingLiesIdle() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[0, 10_000]).Sample(
            (threads, one, other, seed) => Simulate(threads, one, other, seed),
            iter: 100);

    // Both want to run all the time, with runs of 0.5 to 1.5 and of 2 to 6 seconds.
    private static void Simulate(int threads, double one, double other, int seed)
    {
        var budgets = new Dictionary<string, PipelineBudget> { ["one"] = new() { Share = one }, ["other"] = new() { Share = other } };
        var gate = new RunGate(threads, budgets, runner => runner.Execute());
        var random = new Random(seed);
        var (time, busy) = (0.0, 0.0);
        var served = new double[2];
        var entries = new[] { gate.Open("one", 1), gate.Open("other", 1) };
        var granted = new Queue<int>();
        var ends = new PriorityQueue<(int Pipeline, double Took), double>();
        for (var runner = 0; runner < 4 * threads; runner++)
        {
            Ask(runner % 2);
        }

        for (var step = 0; step < 400; step++)
        {
            ends.TryDequeue(out var ended, out var at);
            busy += InUse() * (at - time);
            time = at;
            served[ended.Pipeline] += ended.Took;
            entries[ended.Pipeline].Leave(TimeSpan.FromSeconds(ended.Took));
            while (granted.TryDequeue(out var next))
            {
                Begin(next);
            }

            Ask(ended.Pipeline);
            Assert.InRange(InUse(), threads, 2 * threads);
        }

        // Fair queueing lets services by weight differ by a run of each at the most, here for each of the threads at once.
        Assert.InRange((served[0] / one) - (served[1] / other), -2.0 * threads * ((1.5 / one) + (6 / other)), 2.0 * threads * ((1.5 / one) + (6 / other)));
        Assert.True(busy >= threads * time * 0.999, "Threads lay idle while runs waited.");

        int InUse() => gate.InUse.Sum(use => use.Threads);

        void Ask(int pipeline)
        {
            if (entries[pipeline].Enter(new Runner(() => granted.Enqueue(pipeline))))
            {
                Begin(pipeline);
            }
        }

        void Begin(int pipeline)
        {
            var took = (pipeline == 0 ? 1 : 4) * (0.5 + random.NextDouble());
            ends.Enqueue((pipeline, took), time + took);
        }
    }

    private static RunGate Gate(int threads, params (string Pipeline, PipelineBudget Budget)[] budgets) =>
        new(threads, budgets.ToDictionary(pair => pair.Pipeline, pair => pair.Budget, StringComparer.OrdinalIgnoreCase));

    private static async Task Take(GateEntry entry, int runs)
    {
        for (var i = 0; i < runs; i++)
        {
            await entry.EnterAsync().WaitAsync(Patience, Token);
        }
    }

    private sealed class Nothing : IThreadPoolWorkItem
    {
        public void Execute()
        {
        }
    }

    private sealed class Runner(Action run) : IThreadPoolWorkItem
    {
        public void Execute() => run();
    }
}

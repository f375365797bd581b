using Multimodal.Onnx.Tuning;

namespace Multimodal.Onnx.Tests.Tuning;

/// <summary>Two networks take turns, so that what else the machine does meets both.</summary>
public sealed class BareComparerTests
{
    [Fact]
    public void Compare_TwoNetworks_TakeTurnsAtEachBatch()
    {
        var turns = new List<(string Who, int Batch)>();
        var (opened, closed) = (new List<string>(), new List<string>());
        IMeasuredModel Open(string who)
        {
            opened.Add(who);
            return new Counted(batch => turns.Add((who, batch)), () => closed.Add(who));
        }

        var comparison = BareComparer.Compare(() => Open("before"), () => Open("after"), [1, 8], 3, TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);

        // Opened in turn for each round, then once to be run.
        Assert.Equal(Enumerable.Repeat<string[]>(["before", "after"], 4).SelectMany(pair => pair), opened);
        Assert.Equal(opened.Count, closed.Count);
        Assert.Equal([1, 8], comparison.Batches.Select(point => point.Batch));
        var order = turns.Where((turn, i) => i == 0 || turns[i - 1] != turn);
        Assert.Equal([.. Enumerable.Repeat(1, 6), .. Enumerable.Repeat(8, 6)], order.Select(turn => turn.Batch));
        Assert.Equal(Enumerable.Repeat<string[]>(["before", "after"], 6).SelectMany(pair => pair), order.Select(turn => turn.Who));
        Assert.All(comparison.Batches, point => Assert.True(point.Before > 0 && point.After > 0 && point.Ratio > 0));
    }

    private sealed class Counted(Action<int> run, Action dispose) : IMeasuredModel
    {
        public void Run(int batch)
        {
            run(batch);
            Thread.Sleep(1);
        }

        public void Dispose() => dispose();
    }
}

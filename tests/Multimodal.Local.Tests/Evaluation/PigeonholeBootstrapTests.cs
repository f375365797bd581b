using Multimodal.Local.Evaluation.Randomness;
using Multimodal.Local.Evaluation.Scoring;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class PigeonholeBootstrapTests
{
    [Fact]
    public void Accuracy_PairsOfTwoModalities_WeighTheProductOfTheirCounts()
    {
        var trial = new Trial([new(0, 0, 1), new(1, 0, 0), new(2, 1, 0)], [Modality.Image, Modality.Audio], ["a", "a", "a"], ["a", "b", null]);
        var counts = new ItemCounts(new Dictionary<Modality, int[]>
        {
            [Modality.Image] = [2, 1, 0],
            [Modality.Audio] = [3, 5],
            [Modality.Text] = [100, 0],
        });

        // 2·3 right, 1·3 and 0·5 wrong; the texts are no source of this trial.
        Assert.Equal(6.0 / 9, counts.Accuracy(trial), 1e-12);
    }

    [Fact]
    public void Draw_AnyResample_DrawsAsManyAsThereAre()
    {
        var counts = ItemCounts.Draw(new Dictionary<Modality, int> { [Modality.Image] = 50 }, 1, 0);

        // One trial for each item tells its count: right on it alone.
        var total = Enumerable.Range(0, 50).Sum(item => counts.Accuracy(new Trial(
            [.. Enumerable.Range(0, 50).Select(i => Pair.Alone(Modality.Image, i))], [Modality.Image],
            [.. Enumerable.Repeat("a", 50)], [.. Enumerable.Range(0, 50).Select(i => i == item ? "a" : "b")])));

        Assert.Equal(1, total, 1e-9);
    }

    [Fact]
    public void Estimate_PlantedBinomials_CoverTheTruthAboutNineteenTimesInTwenty()
    {
        const int Experiments = 400;
        const int Items = 150;
        const int Percent = 80;
        var covered = 0;
        for (var experiment = 0; experiment < Experiments; experiment++)
        {
            var random = RandomStream.For(11, RandomPurpose.Characters, experiment);
            var trial = Alone([.. Enumerable.Range(0, Items).Select(_ => random.Next(100) < Percent)]);
            var estimate = Run(trial, Items, 1, experiment).Estimate(trial)!;
            covered += estimate.Low <= Percent / 100.0 && Percent / 100.0 <= estimate.High ? 1 : 0;
        }

        // Percentile intervals of 150 items cover a little less than they claim; 0.91 to 0.98 is three standard deviations around 0.945.
        Assert.InRange(covered / (double)Experiments, 0.91, 0.98);
    }

    [Fact]
    public void Estimate_SharedRecordings_IsWiderThanOfPairsOfTheirOwn()
    {
        // 10 recordings serve 1,000 pairs, and it is the recordings that are right or wrong.
        Pair[] pairs = [.. Enumerable.Range(0, 1000).Select(i => new Pair(i, i % 10, Pair.None))];
        string[] verdicts = [.. pairs.Select(pair => pair.Audio < 7 ? "a" : "b")];
        string[] truth = [.. pairs.Select(_ => "a")];
        var bySource = new Trial(pairs, [Modality.Image, Modality.Audio], truth, verdicts);
        var byPair = new Trial(pairs, [Modality.Image], truth, verdicts);

        var bootstrap = PigeonholeBootstrap.Run([bySource, byPair], Sizes(1000, 10), 500, 1, CancellationToken.None);

        var (wide, narrow) = (bootstrap.Estimate(bySource)!, bootstrap.Estimate(byPair)!);
        Assert.Equal(0.7, wide.Value, 1e-12);
        Assert.InRange(wide.High - wide.Low, 0.4, 0.7);
        Assert.InRange(narrow.High - narrow.Low, 0.04, 0.08);
    }

    [Fact]
    public void Difference_SameVerdicts_IsZeroOnEveryResample()
    {
        var (one, other) = (Alone([true, false, true, true]), Alone([true, false, true, true]));

        var difference = PigeonholeBootstrap.Run([one, other], Sizes(4, 1), 200, 1, CancellationToken.None).Difference(one, other);

        Assert.Equal(new Estimate(0, 0, 0), difference);
    }

    [Fact]
    public void Estimate_NoPairs_IsNull()
    {
        var trial = Alone([]);

        Assert.Null(Run(trial, 3, 1, 1).Estimate(trial));
    }

    private static PigeonholeBootstrap Run(Trial trial, int images, int recordings, long seed) =>
        PigeonholeBootstrap.Run([trial], Sizes(images, recordings), 400, seed, CancellationToken.None);

    private static Dictionary<Modality, int> Sizes(int images, int recordings) =>
        new() { [Modality.Image] = images, [Modality.Audio] = recordings };

    private static Trial Alone(bool[] correct) => new(
        [.. correct.Select((_, i) => Pair.Alone(Modality.Image, i))],
        [Modality.Image],
        [.. correct.Select(_ => "a")],
        [.. correct.Select(right => right ? "a" : "b")]);
}

using Multimodal.Local.Evaluation;
using Multimodal.Local.Fit;
using Multimodal.Local.Fit.Numerics;

namespace Multimodal.Local.Tests.Fit;

/// <summary>On jobs that are drawn by a head and by weights that are known.</summary>
public sealed class HeadFitterTests
{
    private const int Labels = 3, Dimensions = 4;
    private static readonly double[] Planted = [2.1, 0.6, 0.3];

    [Fact]
    public void Fit_PlantedWeights_AreRecovered()
    {
        var (items, head) = Draw(6000, seed: 1);

        var fitted = new HeadFitter(Labels, 3, fitsFusion: true).Fit(items, 1e-5, cancellationToken: TestContext.Current.CancellationToken);

        Assert.All(Planted.Zip(fitted.FusionWeights), pair => Assert.InRange(pair.Second / pair.First, 0.85, 1.15));

        // Heads that differ by the same for every label say the same: only differences can be recovered.
        for (var label = 1; label < Labels; label++)
        {
            for (var d = 0; d < Dimensions; d++)
            {
                Assert.Equal(head.Weights[label][d] - head.Weights[0][d], fitted.Weights[label][d] - fitted.Weights[0][d], 0.6);
            }
        }
    }

    [Fact]
    public void Fit_WeightsNotWanted_AreAlike()
    {
        var (items, _) = Draw(300, seed: 2);

        Assert.Equal([1, 1, 1], new HeadFitter(Labels, 3, fitsFusion: false).Fit(items, 1e-3, cancellationToken: TestContext.Current.CancellationToken).FusionWeights);
    }

    [Fact]
    public void Fit_StrongerPenalty_GivesAWeakerHead()
    {
        var (items, _) = Draw(300, seed: 3);
        var fitter = new HeadFitter(Labels, 3, fitsFusion: false);

        double[] norms = [.. new[] { 1e-4, 1e-2, 1.0 }.Select(penalty => fitter.Fit(items, penalty).Weights.Sum(row => row.Sum(weight => weight * weight)))];

        Assert.Equal(norms.OrderDescending(), norms);
    }

    [Fact]
    public void Run_PlantedHead_JudgesAsWellAsTheHeadThatDrewTheJobs()
    {
        var (items, head) = Draw(1500, seed: 4);
        var settings = new FitSettings { Pipeline = "p", Models = "m", Data = "d", Task = "t" };

        var validated = new CrossValidation(new HeadFitter(Labels, 3, fitsFusion: true), settings, new NoProgress())
            .Run(items, Folds.Of(items, 5, 0), TestContext.Current.CancellationToken);

        var best = items.Average(item => SoftmaxLoss.Of(head.Logits(item), item.Truth));
        var reached = items.Select((item, i) => -Math.Log(validated.Probabilities[i][item.Truth])).Average();
        Assert.InRange(reached, best - 0.02, best + 0.04);
        Assert.InRange(validated.Temperature, 0.85, 1.2);
        Assert.All(validated.Probabilities, probabilities => Assert.Equal(1, probabilities.Sum(), 1e-9));
    }

    [Fact]
    public void Fit_PlantedTemperature_IsRecovered()
    {
        var (items, head) = Draw(4000, seed: 5);
        double[][] logits = [.. items.Select(item => head.Logits(item).Select(logit => 2.5 * logit).ToArray())];

        Assert.Equal(2.5, TemperatureFit.Fit(logits, [.. items.Select(item => item.Truth)]), 0.2);
    }

    // One modality in ten is missing, though never all of a job.
    private static (FitItem[] Items, FittedHead Head) Draw(int count, int seed)
    {
        var random = new Random(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[] Vector(double length) => [.. Enumerable.Range(0, Dimensions).Select(_ => length * Normal())];
        var head = new FittedHead(Planted, [.. Enumerable.Range(0, Labels).Select(_ => Vector(2.5))], [0.3, 0, -0.3]);
        var items = new FitItem[count];
        for (var i = 0; i < count; i++)
        {
            var kept = random.Next(3);
            var item = new FitItem([.. Enumerable.Range(0, 3).Select(m => m == kept || random.NextDouble() > 0.1 ? Vector(1.5) : null)], 0, null);
            var probabilities = SoftmaxLoss.Probabilities(head.Logits(item));
            var (draw, truth) = (random.NextDouble(), 0);
            while (truth < Labels - 1 && draw >= probabilities[truth])
            {
                draw -= probabilities[truth++];
            }

            items[i] = item with { Truth = truth };
        }

        return (items, head);
    }
}

using CsCheck;
using Multimodal.Local.Fit.Numerics;

namespace Multimodal.Local.Tests.Fit;

public sealed class LbfgsTests
{
    [Fact]
    public void Minimise_RosenbrocksValley_FindsItsEnd()
    {
        var point = Lbfgs.Minimise(Rosenbrock, [-1.2, 1, -1.2, 1], 1e-9, 500, TestContext.Current.CancellationToken);

        Assert.All(point, value => Assert.Equal(1, value, 1e-6));
    }

    [Fact]
    public void Minimise_AnyBowl_FindsItsBottom() =>
        Gen.Select(Gen.Double[0.01, 100].Array[6], Gen.Double[-5, 5].Array[6]).Sample((curvatures, bottom) =>
        {
            var point = Lbfgs.Minimise(
                (at, gradient) =>
                {
                    var value = 0.0;
                    for (var i = 0; i < at.Length; i++)
                    {
                        gradient[i] = curvatures[i] * (at[i] - bottom[i]);
                        value += curvatures[i] / 2 * (at[i] - bottom[i]) * (at[i] - bottom[i]);
                    }

                    return value;
                },
                new double[6],
                1e-8,
                500,
                TestContext.Current.CancellationToken);

            Assert.All(point.Zip(bottom), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        });

    [Fact]
    public void Minimise_Begun_LeavesTheStartAsItWas()
    {
        double[] start = [-1.2, 1];

        Lbfgs.Minimise(Rosenbrock, start, 1e-9, 5, TestContext.Current.CancellationToken);

        Assert.Equal([-1.2, 1], start);
    }

    private static double Rosenbrock(ReadOnlySpan<double> at, Span<double> gradient)
    {
        gradient.Clear();
        var value = 0.0;
        for (var i = 0; i < at.Length - 1; i++)
        {
            var (valley, floor) = (at[i + 1] - (at[i] * at[i]), 1 - at[i]);
            value += (100 * valley * valley) + (floor * floor);
            gradient[i] += (-400 * valley * at[i]) - (2 * floor);
            gradient[i + 1] += 200 * valley;
        }

        return value;
    }
}

using Multimodal.Capacity.Kernel;

namespace Multimodal.Capacity.Tests.Kernel;

/// <summary>The kernel against waits that are known in closed form.</summary>
public sealed class QueueingTests
{
    // Half a million arrivals bring the mean wait of these queues within a few percent.
    private const int Arrivals = 500_000;
    private const double Tolerance = 0.05;

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Station_OneServerExponential_WaitsAsMM1(double load) =>
        Assert.InRange(Measure(load, 1, Exponential).Wait / Queueing.WaitOfOne(load, 1, 1), 1 - Tolerance, 1 + Tolerance);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Station_OneServerConstant_WaitsAsMD1(double load) =>
        Assert.InRange(Measure(load, 1, Constant).Wait / Queueing.WaitOfOne(load, 1, 0), 1 - Tolerance, 1 + Tolerance);

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.7, 4)]
    [InlineData(0.8, 16)]
    public void Station_ManyServersExponential_WaitsAsMMc(double load, int servers) =>
        Assert.InRange(
            Measure(load * servers, servers, Exponential).Wait / Queueing.WaitOfMany(load * servers, 1, servers), 1 - Tolerance, 1 + Tolerance);

    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.8, 4)]
    public void Station_LongRun_HoldsLittlesLaw(double load, int servers)
    {
        var (wait, waiting, busy, perSecond) = Measure(load * servers, servers, Exponential);

        Assert.InRange(waiting / (perSecond * wait), 0.99, 1.01);
        Assert.InRange(busy / (load * servers), 0.99, 1.01);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void RateServer_PoissonArrivals_WaitsAsMD1(double load)
    {
        var (clock, chance) = (new Simulation(), new Chance(5));
        var server = new RateServer(clock, "actions", perSecond: 1);
        double waited = 0;
        var left = Arrivals;
        void Next()
        {
            waited += server.Reserve() - clock.Now - 1;
            if (--left > 0)
            {
                clock.After(chance.Exponential(load), Next);
            }
        }

        clock.After(chance.Exponential(load), Next);
        clock.Run();

        Assert.InRange(waited / Arrivals / Queueing.WaitOfOne(load, 1, 0), 1 - Tolerance, 1 + Tolerance);
        Assert.InRange(server.Load, 0.98 * load, 1.02 * load);
    }

    [Fact]
    public void WaitOfMany_OneServer_IsMM1() => Assert.Equal(Queueing.WaitOfOne(0.7, 1, 1), Queueing.WaitOfMany(0.7, 1, 1), 12);

    [Fact]
    public void LogNormal_MedianAnd99_AreAsAsked()
    {
        var chance = new Chance(7);
        var times = Enumerable.Range(0, 200_000).Select(_ => chance.LogNormal(2, 10)).Order().ToArray();

        Assert.InRange(times[times.Length / 2], 1.97, 2.03);
        Assert.InRange(times[(int)(0.99 * times.Length)], 9.6, 10.4);
    }

    private static double Exponential(Chance chance) => chance.Exponential(1);

    private static double Constant(Chance chance) => 1;

    private static (double Wait, double Waiting, double Busy, double PerSecond) Measure(double perSecond, int servers, Func<Chance, double> service)
    {
        var (clock, chance) = (new Simulation(), new Chance(3));
        var station = new Station(clock, "station", servers);
        var left = Arrivals;
        void Next()
        {
            station.Serve(service(chance), () => { });
            if (--left > 0)
            {
                clock.After(chance.Exponential(perSecond), Next);
            }
        }

        clock.After(chance.Exponential(perSecond), Next);
        clock.Run();
        return (station.MeanWait, station.MeanWaiting, station.MeanBusy, Arrivals / clock.Now);
    }
}

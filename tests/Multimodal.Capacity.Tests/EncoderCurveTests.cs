using CsCheck;
using Multimodal.Capacity.Encoding;
using Multimodal.Local.Bench;
using Multimodal.Onnx.Tuning;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Capacity.Tests;

public sealed class EncoderCurveTests
{
    [Fact]
    public void Fit_PointsOfALine_FindsIt() => Gen.Select(Gen.Double[1e-4, 1e-2], Gen.Double[1e-5, 1e-2]).Sample((fixedPart, each) =>
    {
        EncoderPoint Point(int batch, int runs) => new(batch, runs, runs * batch / (fixedPart + (batch * each)));

        var curve = EncoderCurve.Fit(new EncoderMeasurement(Modality.Image, "a network", [Point(1, 1), Point(4, 2), Point(32, 2)]));

        Assert.Equal(fixedPart, curve.Fixed, fixedPart * 1e-6);
        Assert.Equal(each, curve.Each, each * 1e-6);
    });

    [Fact]
    public void Fit_AnyPoints_NeitherPartIsBelowZero() =>
        Gen.Select(Gen.Double[1, 64], Gen.Double[0.5, 4], Gen.Double[1, 1e5]).Array[1, 6].Sample(points =>
        {
            var curve = EncoderCurve.Fit(new EncoderMeasurement(Modality.Text, "a network", [.. points.Select(point => new EncoderPoint(point.Item1, point.Item2, point.Item3))]));

            Assert.True(curve.Fixed >= 0 && curve.Each >= 0);
            Assert.True(curve.RunSeconds(1) > 0);
        });

    [Fact]
    public void Knee_HalfOfTheLimit_IsWhereAnItemCostsAsMuchAsTheRun()
    {
        var curve = new EncoderCurve(0.008, 0.001);

        Assert.Equal(8, curve.Knee(0.5), 9);
        Assert.Equal(0.5 / curve.Each, 8 / curve.RunSeconds(8), 9);
    }

    [Fact]
    public void PointOf_SharesOfRequests_CountsRuns()
    {
        // Of 12 requests 8 came in two runs of 4 and 4 in runs of 1: 12 items in 6 runs.
        var point = new LoadPoint(8, 100, 1, 2, 3, 0, new SortedDictionary<int, double> { [1] = 4.0 / 12, [4] = 8.0 / 12 });

        Assert.Equal(new EncoderPoint(2, 2, 100), BenchReader.PointOf(point, runs: 2), (a, b) =>
            Math.Abs(a.Batch - b.Batch) < 1e-9 && Math.Abs(a.Runs - b.Runs) < 1e-9 && a.PerSecond == b.PerSecond);
    }

    [Fact]
    public void Compare_ReportOfAnIdealEngine_SimulatesItsThroughput()
    {
        // One run at once, 1 ms and 0.5 ms for each item; while one runs, the others wait together.
        LoadPoint Point(int callers, int batch) =>
            new(callers, batch / (0.001 + (0.0005 * batch)), 1, 1, 1, 0, new SortedDictionary<int, double> { [batch] = 1 });
        var encoder = new EncoderReport(Modality.Image, "noise", new BatchPoint(8, 1, 1, 1600, 5), true, [Point(1, 1), Point(16, 8), Point(64, 8)]);
        var report = new BenchReport(new PipelineReference("ideal", "1", "0"), "CPU", 1, [encoder]);

        Assert.All(CallerLoop.Compare(report), point => Assert.InRange(point.Simulated / point.Measured, 0.97, 1.03));
    }
}

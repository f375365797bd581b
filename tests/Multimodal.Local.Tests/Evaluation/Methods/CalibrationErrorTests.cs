using Multimodal.Local.Evaluation.Methods;

namespace Multimodal.Local.Tests.Evaluation.Methods;

public sealed class CalibrationErrorTests
{
    [Fact]
    public void Of_ConfidenceThatIsTheAccuracy_IsNone() =>
        Assert.Equal(0, CalibrationError.Of(Enumerable.Range(0, 10).Select(i => (0.7, i < 7))), 12);

    [Fact]
    public void Of_TwoBins_IsTheirMeanBySize()
    {
        // Three sure verdicts, two of them right: 1/3 too sure. One of 0.5 that is right: 1/2 too unsure.
        (double, bool)[] verdicts = [(1, true), (1, true), (1, false), (0.5, true)];

        Assert.Equal(((3 * (1 - (2.0 / 3))) + 0.5) / 4, CalibrationError.Of(verdicts), 1e-6);
    }

    [Fact]
    public void Of_OppositeErrorsInOneBin_CancelOut() =>
        Assert.Equal(0, CalibrationError.Of([(0.61, true), (0.61, false), (0.66, true), (0.66, false), (0.635, true)]) - Math.Abs(0.635 - 0.6), 1e-6);

    [Fact]
    public void Of_Ends_FallIntoTheFirstAndTheLastBin() =>
        Assert.Equal(0, CalibrationError.Of([(0, false), (1, true)]), 12);
}

using Multimodal.Local.Evaluation.Methods;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Local.Tests.Evaluation.Methods;

public sealed class MissingInputsTests
{
    private const int Pairs = 4000;
    private static readonly MissingInputs Missing = new(Pairs, 1);

    [Fact]
    public void SetsAt_EachRate_MissesThatShareOfEachModality()
    {
        for (var i = 0; i < MissingInputs.Rates.Count; i++)
        {
            var rate = MissingInputs.Rates[i];
            foreach (var modality in Enum.GetValues<Modality>())
            {
                // Five standard deviations of a binomial.
                var share = Missing.SetsAt(i).Count(set => !set.Contains(modality)) / (double)Pairs;
                Assert.InRange(share, rate - (5 * Math.Sqrt(rate * (1 - rate) / Pairs)), rate + (5 * Math.Sqrt(rate * (1 - rate) / Pairs)));
            }
        }
    }

    [Fact]
    public void SetsAt_HigherRate_MissesWhatTheLowerDoes()
    {
        for (var i = 1; i < MissingInputs.Rates.Count; i++)
        {
            Assert.All(Missing.SetsAt(i).Zip(Missing.SetsAt(i - 1)), pair => Assert.All(pair.First, modality => Assert.True(pair.Second.Contains(modality))));
        }
    }

    [Fact]
    public void Half_IsTheRateOfHalf() => Assert.Equal(0.5, MissingInputs.Rates[MissingInputs.Half]);
}

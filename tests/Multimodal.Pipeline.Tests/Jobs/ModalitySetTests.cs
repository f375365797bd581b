using CsCheck;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tests.Jobs;

public sealed class ModalitySetTests
{
    private static readonly Gen<Modality[]> Some = Gen.Enum<Modality>().Array[0, 6];

    [Fact]
    public void Of_AnyModalities_HoldsEachOnceInOrder() =>
        Some.Sample(modalities => Assert.Equal(modalities.Distinct().Order(), ModalitySet.Of(modalities)));

    [Fact]
    public void Subsets_AnySet_AreAllOfThemByTheBitsOfTheirPlace() =>
        Some.Sample(modalities =>
        {
            var set = ModalitySet.Of(modalities);

            var subsets = set.Subsets();

            Assert.Equal(1 << set.Count, subsets.Distinct().Count());
            Assert.All(subsets, subset => Assert.Equal(set.Select((modality, i) => subset.Contains(modality) ? 1 << i : 0).Sum(), subsets.ToList().IndexOf(subset)));
        });

    [Fact]
    public void Without_AMember_LeavesTheOthers() =>
        Some.Sample(modalities =>
        {
            var set = ModalitySet.Of(modalities).Without(Modality.Text);

            Assert.Equal(modalities.Where(modality => modality != Modality.Text).Distinct().Order(), set);
        });
}

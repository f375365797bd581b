using Multimodal.Pipeline.Explanation;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Tasks;

namespace Multimodal.Pipeline.Tests.Explanation;

public sealed class AgreementTests
{
    [Theory]
    [InlineData("7", "image:7 text:7 audio:7", AgreementState.Agree, "The image, the text and the audio all say 7.", "")]
    [InlineData("7", "image:7 audio:7", AgreementState.Agree, "The image and the audio both say 7.", "")]
    [InlineData("7", "audio:7", AgreementState.Single, "Only the audio speaks: it says 7.", "")]
    [InlineData("1", "image:1 text:7 audio:1", AgreementState.Conflict, "The image and the audio say 1; the text says 7. Together they make it 1.", "text")]
    [InlineData("1", "image:2 text:7 audio:3", AgreementState.Conflict, "The image says 2; the text says 7; the audio says 3. Together they make it 1.", "image text audio")]
    [InlineData("1", "image:2 text:2", AgreementState.Conflict, "The image and the text say 2. Together they make it 1.", "image text")]
    public void Of_Verdicts_SaysHowTheyStand(string fused, string own, AgreementState state, string words, string dissenting)
    {
        var verdicts = own.Split(' ').Select(pair => pair.Split(':')).ToDictionary(pair => ModalityOf(pair[0]), ScoredOutcome (pair) => Verdict(pair[1]));

        var agreement = Agreement.Of(Verdict(fused), verdicts);

        Assert.Equal(state, agreement.State);
        Assert.Equal(words, agreement.Words);
        Assert.Equal(dissenting, string.Join(' ', agreement.Dissenting.Select(modality => modality.ToName())));
    }

    [Fact]
    public void Of_NoVerdicts_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Agreement.Of(Verdict("1"), new Dictionary<Modality, ScoredOutcome>()));

    private static Modality ModalityOf(string name) => Enum.GetValues<Modality>().Single(modality => modality.ToName() == name);

    private static ClassificationOutcome Verdict(string label) =>
        new() { Task = "digit", Label = label, Confidence = 1, Scores = [new LabelScore(label, 1)] };
}

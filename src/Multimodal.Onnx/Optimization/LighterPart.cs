namespace Multimodal.Onnx.Optimization;

/// <summary>A part of a network that can be made lighter by itself.</summary>
/// <param name="Id">Names it within its file.</param>
/// <param name="Operator">What takes its weights, such as <c>MatMul</c>.</param>
/// <param name="Weights">How many weights it has; 0 where it is computed lighter without any.</param>
/// <param name="Treatments">What can become of it, the lightest first; the last is <see cref="LighterTreatment.Keep"/>.</param>
public sealed record LighterPart(string Id, string Operator, long Weights, IReadOnlyList<LighterTreatment> Treatments)
{
    /// <summary>The next heavier treatment; null where it stays as it is already.</summary>
    public LighterTreatment? Heavier(LighterTreatment treatment)
    {
        var lighter = Treatments.TakeWhile(other => other != treatment).Count();
        return lighter + 1 < Treatments.Count ? Treatments[lighter + 1] : null;
    }
}

namespace Multimodal.Capacity.Inputs;

/// <summary>What a step costs by how many inputs it works on: a line through two measurements.</summary>
/// <param name="Base">With no input.</param>
/// <param name="PerInput">For each input.</param>
internal sealed record PhaseLine(PhaseCost Base, PhaseCost PerInput)
{
    /// <summary>The line through two measurements.</summary>
    /// <param name="few">How many inputs the first was made with.</param>
    /// <param name="small">The first.</param>
    /// <param name="many">How many the second was made with, more than the first.</param>
    /// <param name="large">The second.</param>
    public static PhaseLine Through(int few, PhaseCost small, int many, PhaseCost large)
    {
        var perInput = 1.0 / (many - few) * (large - small);
        return new PhaseLine(small - (few * perInput), perInput);
    }

    public static PhaseLine operator +(PhaseLine a, PhaseLine b) => new(a.Base + b.Base, a.PerInput + b.PerInput);

    /// <summary>With so many inputs; the parts of the processor time that are below zero by noise count as zero.</summary>
    public PhaseCost At(int inputs)
    {
        var cost = Base + (inputs * PerInput);
        return cost with { ProcessorMilliseconds = Math.Max(0, cost.ProcessorMilliseconds), Rounds = Math.Max(0, cost.Rounds) };
    }
}

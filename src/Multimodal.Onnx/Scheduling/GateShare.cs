namespace Multimodal.Onnx.Scheduling;

/// <summary>One pipeline's account at a <see cref="RunGate"/>, whose lock guards it.</summary>
internal sealed class GateShare(string pipeline, double weight, int? bound)
{
    /// <summary>The pipeline.</summary>
    public string Pipeline => pipeline;

    /// <summary>Its weight among the others.</summary>
    public double Weight => weight;

    /// <summary>The most threads that its runs may take together.</summary>
    public int Bound => bound ?? int.MaxValue;

    /// <summary>The threads that its runs take.</summary>
    public int InUse { get; set; }

    /// <summary>The service that it has had, in seconds of a thread by its weight; lifted to the others' when it comes back from doing nothing.</summary>
    public double Service { get; set; }

    /// <summary>The runs that wait, in their order.</summary>
    public Queue<GateWaiter> Waiting { get; } = [];

    /// <summary>Whether it runs or wants to.</summary>
    public bool IsActive => InUse > 0 || Waiting.Count > 0;
}

namespace Multimodal.Onnx.Tests.Memory;

/// <summary>Tests that look at the memory of the process, and so want it for themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}

namespace Multimodal.Pipeline.Models;

/// <summary>What a network takes and gives.</summary>
/// <param name="Inputs">Its inputs, in the order of the file.</param>
/// <param name="Outputs">Its outputs, in the order of the file.</param>
public sealed record ModelSignature(IReadOnlyList<ModelTensor> Inputs, IReadOnlyList<ModelTensor> Outputs)
{
    /// <summary>Whether it has an input of that name.</summary>
    public bool Takes(string input) => Inputs.Any(tensor => tensor.Name == input);

    /// <summary>The output of that name, or null.</summary>
    public ModelTensor? Output(string name) => Outputs.FirstOrDefault(tensor => tensor.Name == name);
}

using Microsoft.ML.OnnxRuntime;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx;

/// <summary>What ONNX Runtime says of itself, and what its sessions run on by trial, not by wish.</summary>
public sealed class OnnxRuntimeStatus(OnnxModelFactory models) : IRuntimeStatus
{
    private const string Cpu = "CPUExecutionProvider", Cuda = "CUDAExecutionProvider", TensorRt = "TensorrtExecutionProvider";

    /// <inheritdoc/>
    public string Name => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <inheritdoc/>
    public IReadOnlyList<string> ExecutionProviders => models.ExecutionProvider switch
    {
        ExecutionProvider.TensorRt => [TensorRt, Cuda, Cpu],
        ExecutionProvider.Cuda => [Cuda, Cpu],
        _ => [Cpu],
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> AvailableProviders => OrtEnv.Instance().GetAvailableProviders();

    /// <inheritdoc/>
    public IReadOnlyList<EncoderLoad> Loads => models.Loads;

    /// <inheritdoc/>
    public IReadOnlyList<string> Faults =>
        [.. models.Exhausted.Select(encoder => $"The encoder '{encoder}' runs out of memory on {models.ExecutionProvider.ToName()} even for one input.")];
}

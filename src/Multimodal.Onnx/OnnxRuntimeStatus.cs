using Microsoft.ML.OnnxRuntime;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx;

/// <summary>What ONNX Runtime says of itself.</summary>
public sealed class OnnxRuntimeStatus : IRuntimeStatus
{
    /// <inheritdoc/>
    public string Name => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <inheritdoc/>
    public IReadOnlyList<string> ExecutionProviders => OnnxModel.ExecutionProviders;

    /// <inheritdoc/>
    public IReadOnlyList<string> AvailableProviders => OrtEnv.Instance().GetAvailableProviders();
}

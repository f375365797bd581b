using Microsoft.ML.OnnxRuntime;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Sessions;

/// <summary>Tells want of memory from other failures. ONNX Runtime has no code of its own for it; these are the words of its allocators.</summary>
internal static class MemoryFaults
{
    private static readonly string[] Words =
        ["failed to allocate", "is smaller than requested bytes", "bad_alloc", "bad allocation", "out of memory", "cudaErrorMemoryAllocation", "CUDNN_STATUS_ALLOC_FAILED", "CUBLAS_STATUS_ALLOC_FAILED"];

    /// <summary>Whether a failure was for want of memory.</summary>
    public static bool Is(Exception failure) =>
        failure is OutOfMemoryException
        || (failure is PipelineException && failure.InnerException is { } reason && Is(reason))
        || (failure is OnnxRuntimeException && Words.Any(word => failure.Message.Contains(word, StringComparison.OrdinalIgnoreCase)));
}

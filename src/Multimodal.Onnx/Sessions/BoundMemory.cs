using Microsoft.ML.OnnxRuntime;

namespace Multimodal.Onnx.Sessions;

/// <summary>What memory of the host the inputs and outputs of a session lie in, by the name that ONNX Runtime gives its allocator.</summary>
/// <param name="Allocator">The allocator's name.</param>
/// <param name="DeviceId">The device that it belongs to.</param>
internal sealed record BoundMemory(string Allocator, int DeviceId)
{
    /// <summary>Page-locked memory, which a CUDA device copies from and to without a detour.</summary>
    public static BoundMemory PageLocked(int deviceId) => new("CudaPinned", deviceId);

    /// <summary>The session's allocator of such memory, which the caller disposes of before the session; null where it has none.</summary>
    public OrtAllocator? AllocatorOf(InferenceSession session)
    {
        // Memory of the host is every device's; some versions keep all of it under the first.
        foreach (var device in new[] { DeviceId, 0 }.Distinct())
        {
            try
            {
                using var info = new OrtMemoryInfo(Allocator, OrtAllocatorType.DeviceAllocator, device, OrtMemType.CpuOutput);
                return new OrtAllocator(session, info);
            }
            catch (OnnxRuntimeException)
            {
                // Asking is the only way to find out.
            }
        }

        return null;
    }
}

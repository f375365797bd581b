using Microsoft.ML.OnnxRuntime;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Sessions;

/// <summary>
/// Arenas of bounded size, one for each session: its runs take from it, and the weights that ONNX Runtime packs for them. A run that does
/// not fit fails, which <see cref="MemoryFaults"/> recognises.
/// </summary>
/// <remarks>
/// ONNX Runtime takes a bounded arena only from its environment, where sessions could share one. But weights are counted there and never
/// refused: where they exceed what runs have left, the remainder, which is unsigned, wraps round, and nothing is refused ever after. In an
/// arena of its own a session's weights come first, so that it is seen whether they fit.
/// </remarks>
internal static class RunArena
{
    // ONNX Runtime's interface takes 32 bits.
    private const long Largest = uint.MaxValue - Beyond;

    // The unit of the arena's chunks.
    private const int Beyond = 256;

    private const string UsesEnvironment = "session.use_env_allocators";

    // Grows by what is asked for and no further, so that a small arena is used to its end.
    private const int ExtendAsRequested = 1, Default = -1;

    private static readonly Lock Gate = new();

    /// <summary>Opens a session with an arena of its own.</summary>
    /// <param name="options">Those of the session; the arena is added.</param>
    /// <param name="bytes">The size of the arena.</param>
    /// <param name="path">The model file, for errors.</param>
    /// <param name="open">Opens the session.</param>
    /// <exception cref="PipelineException">It is larger than can be, or too small for the weights.</exception>
    public static InferenceSession Open(SessionOptions options, long bytes, string path, Func<InferenceSession> open)
    {
        if (bytes > Largest)
        {
            throw new PipelineException(
                $"Onnx:MemoryLimitBytes is {bytes}; on the processor it can be {Largest} at the most. Leave it out where there is more memory.");
        }

        options.AddSessionConfigEntry(UsesEnvironment, "1");
        using var info = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var arena = new OrtArenaCfg((uint)bytes, ExtendAsRequested, Default, Default);
        InferenceSession session;
        lock (Gate)
        {
            // In place of the one before, which the session that took it keeps.
            OrtEnv.Instance().CreateAndRegisterAllocator(info, arena);
            session = open();
        }

        if (Grants(session, info, (uint)bytes + Beyond))
        {
            session.Dispose();
            throw new PipelineException(
                $"The weights of {path} take more than Onnx:MemoryLimitBytes, {bytes}. Allow more, or leave it out.");
        }

        return session;
    }

    // Whatever is granted is not touched, so that it takes no memory.
    private static bool Grants(InferenceSession session, OrtMemoryInfo info, uint bytes)
    {
        using var allocator = new OrtAllocator(session, info);
        try
        {
            allocator.Allocate(bytes).Dispose();
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }
}

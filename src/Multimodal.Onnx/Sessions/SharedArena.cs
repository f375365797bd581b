using Microsoft.ML.OnnxRuntime;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Sessions;

/// <summary>
/// One arena of bounded size for what the runs of all sessions of the process need that ask for it; weights lie beside it. ONNX Runtime
/// fails a run that does not fit, which <see cref="MemoryFaults"/> recognises.
/// </summary>
internal static class SharedArena
{
    // ONNX Runtime's interface takes 32 bits.
    private const long Largest = uint.MaxValue;

    private const string UsesSharedAllocators = "session.use_env_allocators";

    // Grows by what is asked for and no further, so that a small arena is used to its end.
    private const int ExtendAsRequested = 1, Default = -1;

    private static readonly Lock Gate = new();
    private static long? _bytes;

    /// <summary>Makes a session take its memory from the arena. The last size asked for holds for sessions opened from then on.</summary>
    /// <exception cref="PipelineException">It is larger than can be.</exception>
    public static void Use(SessionOptions options, long bytes)
    {
        if (bytes > Largest)
        {
            throw new PipelineException(
                $"Onnx:MemoryLimitBytes is {bytes}; on the processor it can be {Largest} at the most. Leave it out where there is more memory.");
        }

        lock (Gate)
        {
            if (_bytes != bytes)
            {
                using var info = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
                if (_bytes is not null)
                {
                    // Sessions that are open keep theirs.
                    OrtEnv.Instance().UnregisterAllocator(info);
                }

                using var arena = new OrtArenaCfg((uint)bytes, ExtendAsRequested, Default, Default);
                OrtEnv.Instance().CreateAndRegisterAllocator(info, arena);
                _bytes = bytes;
            }
        }

        options.AddSessionConfigEntry(UsesSharedAllocators, "1");
    }
}

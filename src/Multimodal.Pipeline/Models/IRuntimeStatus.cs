namespace Multimodal.Pipeline.Models;

/// <summary>What the runtime that executes networks says of itself, for health reports.</summary>
public interface IRuntimeStatus
{
    /// <summary>The runtime and its version.</summary>
    string Name { get; }

    /// <summary>The execution providers that networks are opened with, in the order in which they are preferred.</summary>
    IReadOnlyList<string> ExecutionProviders { get; }

    /// <summary>The execution providers that the native library holds, in use or not.</summary>
    IReadOnlyList<string> AvailableProviders { get; }

    /// <summary>What waits for each encoder that is in use; empty where none is, or nothing is known.</summary>
    IReadOnlyList<EncoderLoad> Loads => [];

    /// <summary>The networks that cannot run at present, and why, in words; empty where all can.</summary>
    IReadOnlyList<string> Faults { get; }
}

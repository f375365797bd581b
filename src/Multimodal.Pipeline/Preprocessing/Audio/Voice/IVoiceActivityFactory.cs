using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing.Audio.Voice;

/// <summary>The port to the runtime that executes networks for voice activity.</summary>
public interface IVoiceActivityFactory
{
    /// <summary>Opens a network.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="settings">What its inputs and outputs are called, and the sizes.</param>
    /// <exception cref="PipelineException">It cannot be opened, or its inputs and outputs are not those of the settings.</exception>
    IVoiceActivityModel Open(string path, VoiceActivitySettings settings);
}

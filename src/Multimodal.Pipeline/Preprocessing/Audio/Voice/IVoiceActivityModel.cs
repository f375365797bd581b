namespace Multimodal.Pipeline.Preprocessing.Audio.Voice;

/// <summary>A network for voice activity. Safe for concurrent use.</summary>
public interface IVoiceActivityModel : IDisposable
{
    /// <summary>Begins with a recording, its states zero.</summary>
    IVoiceActivityRun Start();
}

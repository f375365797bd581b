namespace Multimodal.Pipeline.Preprocessing.Audio.Voice;

/// <summary>A network on its way through one recording. One thread at a time.</summary>
public interface IVoiceActivityRun : IDisposable
{
    /// <summary>The probability of speech in the next window.</summary>
    /// <param name="samples">The context, then the window: <see cref="VoiceActivitySettings.Context"/> + <see cref="VoiceActivitySettings.Window"/>.</param>
    float Process(ReadOnlySpan<float> samples);
}

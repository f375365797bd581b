using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;
using Multimodal.Pipeline.Privacy;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>Makes the preprocessor that an encoder's settings ask for. Safe for concurrent use.</summary>
public sealed class PreprocessorFactory
{
    private readonly IImageDecoder _decoder;
    private readonly InputLimits _limits;
    private readonly AudioReader _audio;
    private readonly IVoiceActivityFactory? _voices;
    private readonly ITextMask _mask;

    /// <summary>Makes preprocessors that decode so, within these limits.</summary>
    /// <param name="decoder">Decodes images.</param>
    /// <param name="limits">Bounds on inputs.</param>
    /// <param name="audioDecoder">Decodes recordings other than WAV; null: nothing does.</param>
    /// <param name="voices">Opens networks for voice activity; null: no pipeline may ask for one.</param>
    /// <param name="mask">What is masked in texts; null: nothing.</param>
    public PreprocessorFactory(
        IImageDecoder decoder, InputLimits limits, IAudioDecoder? audioDecoder = null, IVoiceActivityFactory? voices = null, ITextMask? mask = null)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(limits);
        _decoder = decoder;
        _limits = limits;
        _audio = new AudioReader(limits, audioDecoder);
        _voices = voices;
        _mask = mask ?? NoMask.Instance;
    }

    /// <summary>Makes a preprocessor.</summary>
    /// <param name="settings">An encoder's settings.</param>
    /// <param name="folder">The pipeline, for the files that the settings name.</param>
    /// <exception cref="PipelineException">A setting is out of range, or a file is missing, not listed or malformed.</exception>
    public IPreprocessor Create(PreprocessingSettings settings, ModelFolder folder)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(folder);
        return settings switch
        {
            GlyphSettings glyph => new GlyphPreprocessor(glyph, _decoder, _limits),
            ImageSettings image => new ImagePreprocessor(
                image, ImageProcessorConfig.Load(folder.CheckedPathOf(image.Config)), _decoder, _limits),
            LogMelSettings logMel => new LogMelPreprocessor(logMel, _audio, OpenVoice(LogMelSettings.Kind, logMel.VoiceActivity, folder)),
            AudioSettings audio => new AudioPreprocessor(
                audio, FeatureExtractorConfig.Load(folder.CheckedPathOf(audio.Config)), _audio, OpenVoice(AudioSettings.Kind, audio.VoiceActivity, folder)),
            CharacterSettings characters => new CharacterPreprocessor(
                characters, CharacterVocabulary.Load(folder.CheckedPathOf(characters.Vocabulary)), _limits, _mask),
            TokenSettings tokens => new TokenPreprocessor(tokens, TokenPreprocessor.LoadTokenizer(tokens, folder), _limits, _mask),
            _ => throw new PipelineException($"No preprocessor is known for {settings.GetType().Name}."),
        };
    }

    private IVoiceActivityModel? OpenVoice(string kind, VoiceActivitySettings? settings, ModelFolder folder)
    {
        settings?.Validate(kind);
        return settings is null ? null : _voices?.Open(folder.CheckedPathOf(settings.Model), settings);
    }
}

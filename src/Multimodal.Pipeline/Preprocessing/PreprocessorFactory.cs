using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>Makes the preprocessor that an encoder's settings ask for. Safe for concurrent use.</summary>
public sealed class PreprocessorFactory
{
    private readonly IImageDecoder _decoder;
    private readonly InputLimits _limits;

    /// <summary>Makes preprocessors that decode images so, within these limits.</summary>
    public PreprocessorFactory(IImageDecoder decoder, InputLimits limits)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(limits);
        _decoder = decoder;
        _limits = limits;
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
            LogMelSettings logMel => new LogMelPreprocessor(logMel, _limits),
            CharacterSettings characters => new CharacterPreprocessor(
                characters, CharacterVocabulary.Load(folder.PathOf(characters.Vocabulary)), _limits),
            TokenSettings tokens => new TokenPreprocessor(tokens, TokenPreprocessor.LoadTokenizer(tokens, folder), _limits),
            _ => throw new PipelineException($"No preprocessor is known for {settings.GetType().Name}."),
        };
    }
}

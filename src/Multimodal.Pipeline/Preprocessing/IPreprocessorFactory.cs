using Multimodal.Pipeline.Models;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>Makes the preprocessor that a pipeline declares.</summary>
public interface IPreprocessorFactory
{
    /// <summary>Makes one.</summary>
    /// <param name="settings">What the encoder's definition says.</param>
    /// <param name="folder">Where the files lie that the settings name.</param>
    /// <exception cref="PipelineException">A setting is out of its range, or a file is not listed or malformed.</exception>
    IPreprocessor Create(PreprocessingSettings settings, ModelFolder folder);
}

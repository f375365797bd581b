using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>Turns one input into features, exactly as the encoder's training did. Safe for concurrent use.</summary>
public interface IPreprocessor
{
    /// <summary>The modality it reads.</summary>
    Modality Modality { get; }

    /// <summary>Preprocesses one input.</summary>
    /// <param name="content">The file.</param>
    /// <param name="mediaType">What content detection recognised it as.</param>
    /// <exception cref="InputException">The input is corrupt, beyond a limit, or has nothing to encode.</exception>
    Features Preprocess(InputContent content, string mediaType);
}

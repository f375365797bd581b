namespace Multimodal.Pipeline.Speech.Whisper;

/// <summary>The port to a decoder at work on one window of a recording. It is used by one caller at a time.</summary>
public interface ITokenDecoder : IDisposable
{
    /// <summary>Begins anew with the tokens that the text is asked for with.</summary>
    /// <param name="prompt">One token or more.</param>
    /// <returns>The logits behind each of them: [tokens][vocabulary].</returns>
    float[][] Begin(IReadOnlyList<int> prompt);

    /// <summary>Goes a token further, with as many texts at once as there are rows.</summary>
    /// <param name="rows">For each text the row, before this step, that it continues, and its next token; after the beginning there is row 0.</param>
    /// <returns>The logits behind each text: [rows][vocabulary].</returns>
    float[][] Advance(IReadOnlyList<TokenStep> rows);
}

namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Takes the rows of a resampled picture.</summary>
internal interface IRowSink
{
    /// <summary>Takes one row; they come from the top down.</summary>
    /// <param name="row">Its number, from 0.</param>
    /// <param name="pixels">[width, channels], valid during the call.</param>
    void Write(int row, ReadOnlySpan<byte> pixels);
}

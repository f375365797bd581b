namespace Multimodal.Onnx.Speech;

/// <summary>What an encoder's network says of one window of a recording.</summary>
/// <param name="Values">[rows, columns], row-major: scores of labels, or states for a decoder.</param>
/// <param name="Rows">How many steps of time it has.</param>
/// <param name="Columns">How many values each has.</param>
internal sealed record SpeechWindow(float[] Values, int Rows, int Columns)
{
    /// <summary>The first rows.</summary>
    public ReadOnlySpan<float> First(int rows) => Values.AsSpan(0, rows * Columns);
}

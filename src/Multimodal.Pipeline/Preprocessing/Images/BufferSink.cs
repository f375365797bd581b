namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>Lays rows one below the other.</summary>
internal sealed class BufferSink(byte[] target) : IRowSink
{
    public void Write(int row, ReadOnlySpan<byte> pixels) => pixels.CopyTo(target.AsSpan(row * pixels.Length));
}

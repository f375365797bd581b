namespace Multimodal.Pipeline.Preprocessing.Audio.Streams;

/// <summary>Keeps all that comes, and gives it in one piece.</summary>
/// <param name="take">Takes it.</param>
internal sealed class CollectingSink(Action<ReadOnlyMemory<float>> take) : ISampleSink
{
    private float[] _samples = new float[1 << 14];
    private int _length;

    public bool WantsMore => true;

    public void Write(ReadOnlySpan<float> samples)
    {
        if (_length + samples.Length > _samples.Length)
        {
            Array.Resize(ref _samples, (int)Math.Min(Array.MaxLength, Math.Max(2L * _samples.Length, (long)_length + samples.Length)));
        }

        samples.CopyTo(_samples.AsSpan(_length));
        _length += samples.Length;
    }

    public void Complete() => take(_samples.AsMemory(0, _length));
}

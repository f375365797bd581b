namespace Multimodal.Pipeline.Preprocessing.Audio.Streams;

/// <summary>Lets a section pass and drops what lies before and behind it.</summary>
/// <param name="start">Its first sample.</param>
/// <param name="end">The sample behind its last.</param>
/// <param name="next">Where it goes.</param>
internal sealed class SectionSink(long start, long end, ISampleSink next) : ISampleSink
{
    private long _at;

    public bool WantsMore => _at < end && next.WantsMore;

    public void Write(ReadOnlySpan<float> samples)
    {
        var from = (int)Math.Clamp(start - _at, 0, samples.Length);
        var to = (int)Math.Clamp(end - _at, from, samples.Length);
        next.Write(samples[from..to]);
        _at += samples.Length;
    }

    public void Complete() => next.Complete();
}

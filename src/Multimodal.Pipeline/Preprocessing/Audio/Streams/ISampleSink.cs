namespace Multimodal.Pipeline.Preprocessing.Audio.Streams;

/// <summary>Takes one channel of sound, block by block.</summary>
internal interface ISampleSink
{
    /// <summary>Whether what follows would still change anything; nobody has to write it otherwise.</summary>
    bool WantsMore { get; }

    /// <summary>Takes the next samples.</summary>
    void Write(ReadOnlySpan<float> samples);

    /// <summary>Learns that no more follow.</summary>
    void Complete();
}

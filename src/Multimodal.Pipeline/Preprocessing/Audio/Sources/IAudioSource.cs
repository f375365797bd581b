using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Preprocessing.Audio.Sources;

/// <summary>A recording that is decoded block by block, from its beginning to its end, once.</summary>
public interface IAudioSource : IDisposable
{
    /// <summary>Samples a second and channel, as recorded.</summary>
    int SampleRate { get; }

    /// <summary>Channels, as recorded, 1 or more.</summary>
    int Channels { get; }

    /// <summary>The number of frames, a frame being one sample of every channel, where the file says it; null where only its end will tell.</summary>
    long? Frames { get; }

    /// <summary>The greatest positive sample that the encoding can hold, at most 1: whatever reaches it counts as clipped.</summary>
    double FullScale { get; }

    /// <summary>What people should know of the file, such as that it is truncated; complete when the end has been read.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Decodes the next frames.</summary>
    /// <param name="samples">Receives whole frames, channel beside channel, full scale -1 to 1; its length is a multiple of <see cref="Channels"/>.</param>
    /// <returns>The number of frames, fewer than asked for at times, 0 at the end.</returns>
    /// <exception cref="InputException">What follows does not decode.</exception>
    int Read(Span<double> samples);
}

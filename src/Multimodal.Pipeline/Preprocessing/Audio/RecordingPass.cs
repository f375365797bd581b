using Multimodal.Pipeline.Preprocessing.Audio.Quality;
using Multimodal.Pipeline.Preprocessing.Audio.Sources;
using Multimodal.Pipeline.Preprocessing.Audio.Streams;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>One pass through a recording: what it holds is measured, and given to sinks at the rates that they take.</summary>
internal sealed class RecordingPass(AudioReader reader, InputContent content, string mediaType)
{
    /// <summary>A recording whose greatest magnitude is below this (of 1) is silent.</summary>
    public const double Silence = 1e-4;

    private readonly List<(int SampleRate, ISampleSink Sink)> _sinks = [];

    /// <summary>Adds a sink.</summary>
    public void Add(int sampleRate, ISampleSink sink) => _sinks.Add((sampleRate, sink));

    /// <summary>Reads to the end.</summary>
    /// <exception cref="Jobs.InputException">The recording cannot be read, is too long, or is silent.</exception>
    public InputFacts Run()
    {
        using var source = reader.Open(content, mediaType);
        var sinks = _sinks.Select(pair => ResamplingSink.For(source.SampleRate, pair.SampleRate, pair.Sink)).ToArray();
        var meter = new QualityMeter(source);
        var mono = new MonoReader(source, content.Name, reader.Limits, meter);
        var block = new float[mono.BlockFrames];
        for (int length; (length = mono.Read(block)) > 0;)
        {
            foreach (var sink in sinks.Where(sink => sink.WantsMore))
            {
                sink.Write(block.AsSpan(0, length));
            }
        }

        var quality = meter.Finish();
        if (quality.Peak < Silence)
        {
            throw AudioFault.Silent(content.Name);
        }

        foreach (var sink in sinks)
        {
            sink.Complete();
        }

        return new InputFacts
        {
            MediaType = mediaType,
            Bytes = content.Bytes.Length,
            SampleRate = source.SampleRate,
            Channels = source.Channels,
            Seconds = mono.Seconds,
            ClippedShare = quality.ClippedShare,
            Loudness = quality.Loudness,
            SilentShare = quality.SilentShare,
            Notes = source.Notes,
        };
    }
}

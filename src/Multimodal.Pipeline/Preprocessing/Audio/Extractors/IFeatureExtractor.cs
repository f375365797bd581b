using Multimodal.Pipeline.Tensors;

namespace Multimodal.Pipeline.Preprocessing.Audio.Extractors;

/// <summary>Turns sound into what an encoder takes, as its training did. Safe for concurrent use.</summary>
internal interface IFeatureExtractor
{
    /// <summary>Samples a second that it takes.</summary>
    int SampleRate { get; }

    /// <summary>The name of the tensor.</summary>
    string TensorName { get; }

    /// <summary>The samples that it hears; fewer are padded its way, more are cut off. Null: any number.</summary>
    int? Length { get; }

    /// <summary>The fewest samples that give anything.</summary>
    int MinimumLength { get; }

    /// <summary>How its tensor is drawn; null where it is no spectrogram.</summary>
    SpectrogramLayout? Layout { get; }

    /// <summary>Extracts.</summary>
    /// <param name="samples">One channel, from <see cref="MinimumLength"/> up to <see cref="Length"/> samples.</param>
    /// <returns>float32, without a batch dimension.</returns>
    HostTensor Extract(ReadOnlySpan<float> samples);
}

namespace Multimodal.Benchmarks.Audio;

/// <summary>The configuration of Whisper's feature extractor, as its models have it.</summary>
internal static class WhisperConfig
{
    public const string Json = """
        {
          "chunk_length": 30, "feature_extractor_type": "WhisperFeatureExtractor", "feature_size": 80, "hop_length": 160, "n_fft": 400,
          "n_samples": 480000, "nb_max_frames": 3000, "padding_side": "right", "padding_value": 0.0, "processor_class": "WhisperProcessor",
          "return_attention_mask": false, "sampling_rate": 16000
        }
        """;
}

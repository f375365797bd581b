namespace Multimodal.Testing.Audio;

/// <summary>Configurations of feature extractors as the hub's models have them.</summary>
public static class ExtractorConfigs
{
    public const string Whisper = """
        {
          "chunk_length": 30, "feature_extractor_type": "WhisperFeatureExtractor", "feature_size": 80, "hop_length": 160, "n_fft": 400,
          "n_samples": 480000, "nb_max_frames": 3000, "padding_side": "right", "padding_value": 0.0, "processor_class": "WhisperProcessor",
          "return_attention_mask": false, "sampling_rate": 16000
        }
        """;

    public const string Clap = """
        {
          "chunk_length_s": 10, "feature_extractor_type": "ClapFeatureExtractor", "feature_size": 64, "fft_window_size": 1024,
          "frequency_max": 14000, "frequency_min": 50, "hop_length": 480, "max_length_s": 10, "n_fft": 1024, "nb_frequency_bins": 513,
          "nb_max_frames": 1000, "nb_max_samples": 480000, "padding": "repeatpad", "padding_side": "right", "padding_value": 0.0,
          "processor_class": "ClapProcessor", "return_attention_mask": false, "sampling_rate": 48000, "top_db": null, "truncation": "rand_trunc"
        }
        """;

    public const string SpectrogramTransformer = """
        {
          "do_normalize": true, "feature_extractor_type": "ASTFeatureExtractor", "feature_size": 1, "max_length": 1024, "mean": -4.2677393,
          "num_mel_bins": 128, "padding_side": "right", "padding_value": 0.0, "return_attention_mask": false, "sampling_rate": 16000,
          "std": 4.5689974
        }
        """;

    public const string SpeechToText = """
        {
          "do_ceptral_normalize": true, "feature_extractor_type": "Speech2TextFeatureExtractor", "feature_size": 80, "normalize_means": true,
          "normalize_vars": true, "num_mel_bins": 80, "padding_side": "right", "padding_value": 0.0, "return_attention_mask": true,
          "sampling_rate": 16000
        }
        """;

    /// <summary>As the oldest models have it: without a type.</summary>
    public const string Waveform = """
        {
          "do_normalize": true, "feature_size": 1, "padding_side": "right", "padding_value": 0.0, "return_attention_mask": false,
          "sampling_rate": 16000
        }
        """;

    public const string Ours = """{ "kind": "log-mel", "sampleRate": 8000, "mels": 40 }""";
}

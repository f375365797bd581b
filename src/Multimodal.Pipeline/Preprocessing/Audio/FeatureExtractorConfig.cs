using System.Text.Json;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Audio.Extractors;

namespace Multimodal.Pipeline.Preprocessing.Audio;

/// <summary>
/// How an audio encoder's features are made, by a Hugging Face <c>preprocessor_config.json</c> as it is: the types
/// <c>WhisperFeatureExtractor</c>, <c>ClapFeatureExtractor</c>, <c>ASTFeatureExtractor</c>, <c>Speech2TextFeatureExtractor</c> and
/// <c>Wav2Vec2FeatureExtractor</c>; or by a file with the members of <see cref="LogMelSettings"/>, its <c>kind</c> included.
/// </summary>
public sealed class FeatureExtractorConfig
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private FeatureExtractorConfig(IFeatureExtractor extractor) => Extractor = extractor;

    /// <summary>Samples a second that the encoder hears.</summary>
    public int SampleRate => Extractor.SampleRate;

    /// <summary>The name of the tensor: <c>input_features</c>, or <c>input_values</c>.</summary>
    public string TensorName => Extractor.TensorName;

    /// <summary>How much of a sound the encoder hears at once, in seconds: less is padded, more is cut off. Null: any length.</summary>
    public double? Seconds => (double?)Extractor.Length / SampleRate;

    internal IFeatureExtractor Extractor { get; }

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="PipelineException">
    /// It is missing or no JSON object, its type or a member is not known, or a value cannot be used; the message names it.
    /// </exception>
    public static FeatureExtractorConfig Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new FeatureExtractorConfig(ConfigReader.Read(document.RootElement, path))
                : throw new PipelineException($"{path} is not a feature extractor's configuration: it holds no JSON object.");
        }
        catch (JsonException e)
        {
            throw new PipelineException($"{path} is not a feature extractor's configuration: {e.Message}", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PipelineException($"{path} is missing.", e);
        }
    }
}

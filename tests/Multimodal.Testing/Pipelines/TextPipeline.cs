using System.Security.Cryptography;
using System.Text.Json;
using Multimodal.Pipeline;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing.Texts;

namespace Multimodal.Testing.Pipelines;

/// <summary>
/// A model repository in a temporary folder with one pipeline, for texts of the letters a, b and c, whose networks are
/// those of <see cref="FakeModelFactory"/>. Labels: a, b, c; the letter that stands most often wins.
/// </summary>
public sealed class TextPipeline : IDisposable
{
    public const string Name = "letters";

    public TextPipeline()
    {
        Root = Directory.CreateTempSubdirectory("multimodal-test-").FullName;
        Write("1.0.0");
    }

    /// <summary>The model repository's folder.</summary>
    public string Root { get; }

    /// <summary>
    /// Writes the pipeline, or one of another name, whose digest differs from version to version; without tasks where they are not wanted,
    /// and with more where they are; changed as the test wants it.
    /// </summary>
    public void Write(
        string version, string name = Name, bool tasks = true, Func<PipelineDefinition, PipelineDefinition>? change = null, params IReadOnlyList<TaskDefinition> more)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
        var vocabulary = JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, int> { ["[PAD]"] = 0, ["[UNK]"] = 1, [" "] = 2, ["a"] = 3, ["b"] = 4, ["c"] = 5 },
            PipelineJson.Default.DictionaryStringInt32);
        File.WriteAllBytes(Path.Combine(folder, "vocabulary.json"), vocabulary);
        File.WriteAllBytes(Path.Combine(folder, "encoder.onnx"), []);
        File.WriteAllBytes(Path.Combine(folder, "head.onnx"), []);
        var definition = new PipelineDefinition
        {
            Schema = PipelineDefinition.CurrentSchema,
            Name = name,
            Version = version,
            Encoders = new Dictionary<Modality, EncoderDefinition>
            {
                [Modality.Text] = new()
                {
                    Model = "encoder.onnx",
                    Dimensions = 3,
                    Preprocessing = new CharacterSettings { Vocabulary = "vocabulary.json" },
                },
            },
            Fusion = new FusionDefinition { Method = "weighted" },
            Tasks = !tasks ? [] : [new ClassificationDefinition { Name = "letter", Model = "head.onnx", Labels = ["a", "b", "c"] }, .. more],
            Files = new Dictionary<string, string>
            {
                ["vocabulary.json"] = Convert.ToHexStringLower(SHA256.HashData(vocabulary)),
                ["encoder.onnx"] = Convert.ToHexStringLower(SHA256.HashData([])),
                ["head.onnx"] = Convert.ToHexStringLower(SHA256.HashData([])),
            },
        };
        File.WriteAllBytes(
            Path.Combine(folder, ModelRepository.DefinitionFile),
            JsonSerializer.SerializeToUtf8Bytes(change?.Invoke(definition) ?? definition, PipelineJson.Default.PipelineDefinition));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

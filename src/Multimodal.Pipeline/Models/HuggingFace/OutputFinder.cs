using System.Text.Json;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>Finds the output of a model that is its embedding, by the names that exporters give.</summary>
internal sealed class OutputFinder(ExportFolder folder)
{
    private const string LastHiddenState = "last_hidden_state", TokenEmbeddings = "token_embeddings", PoolerOutput = "pooler_output";
    private const string SentenceEmbedding = "sentence_embedding";

    // Transformers that begin each picture with a [CLS] token, whose state stands for the whole.
    private static readonly string[] FirstTokenKinds =
        ["vit", "dinov2", "dinov2_with_registers", "dinov3_vit", "deit", "beit", "data2vec-vision", "vit_mae", "vit_msn", "clip_vision_model"];

    /// <summary>Finds it.</summary>
    /// <param name="path">The model's name, for messages.</param>
    /// <param name="signature">Its inputs and outputs.</param>
    /// <param name="modality">What it encodes.</param>
    /// <param name="isTower">Whether it is one of several that share a space.</param>
    /// <exception cref="PipelineException">It has none, or one that needs what the file does not hold.</exception>
    public EncoderOutput Find(string path, ModelSignature signature, Modality modality, bool isTower)
    {
        var shared = $"{modality.ToName()}_embeds";
        if (signature.Output(shared) is not null)
        {
            return new EncoderOutput(shared, Pooling.Mean, Normalize: true);
        }

        if (modality == Modality.Text && signature.Output(SentenceEmbedding) is not null)
        {
            return new EncoderOutput(SentenceEmbedding, Pooling.Mean, HasModule("Normalize"));
        }

        // BERT's own pooler was trained for another end than to compare texts; those of towers and of pictures are what they were trained by.
        string[] order = modality == Modality.Text && !isTower
            ? [LastHiddenState, TokenEmbeddings, PoolerOutput, "embedding", "embeddings"]
            : [PoolerOutput, "embedding", "embeddings", LastHiddenState];
        var name = Array.Find(order, output => signature.Output(output) is not null) ?? throw new PipelineException(WhyNone(path, signature));
        return new EncoderOutput(name, PoolingOf(modality), isTower || (modality == Modality.Text && HasModule("Normalize")));
    }

    private static string WhyNone(string path, ModelSignature signature) =>
        $"{path} gives {string.Join(", ", signature.Outputs.Select(output => output.Name))}, none of which is an embedding. " +
        (signature.Output("logits") is not null
            ? "It classifies or transcribes; export the encoder: optimum-cli export onnx --task feature-extraction."
            : "Export it with an output last_hidden_state, pooler_output or embedding.");

    private Pooling PoolingOf(Modality modality) => modality switch
    {
        Modality.Text => TextPooling(),
        Modality.Image when FirstTokenKinds.Contains(folder.ModelType) => Pooling.First,
        _ => Pooling.Mean,
    };

    private Pooling TextPooling()
    {
        if (Modules().FirstOrDefault(type => type is not ("Transformer" or "Pooling" or "Normalize")) is { } other)
        {
            throw new PipelineException(
                $"{folder.PathOf(FolderFiles.Modules)} names a module '{other}', which is not in the ONNX file. " +
                $"Export the whole with sentence-transformers or optimum, so that the model has an output {SentenceEmbedding}.");
        }

        if (folder.Read(FolderFiles.Pooling) is not { } pooling)
        {
            return HasModule("Pooling")
                ? throw new PipelineException($"{folder.PathOf(FolderFiles.Pooling)} is missing, which {FolderFiles.Modules} asks for. Copy it from the model's repository.")
                : Pooling.Mean;
        }

        List<string> modes =
        [
            .. ExportFolder.StringOf(pooling, "pooling_mode") is { } mode ? [mode] : Array.Empty<string>(),
            .. pooling.ValueKind != JsonValueKind.Object ? [] : pooling.EnumerateObject()
                .Where(member => member.Name.StartsWith("pooling_mode_", StringComparison.Ordinal) && member.Value.ValueKind == JsonValueKind.True)
                .Select(member => member.Name["pooling_mode_".Length..]),
        ];
        return modes switch
        {
            ["mean" or "mean_tokens"] => Pooling.Mean,
            ["cls" or "cls_token"] => Pooling.First,
            ["lasttoken"] => Pooling.Last,
            _ => throw new PipelineException(
                $"{folder.PathOf(FolderFiles.Pooling)} asks for the pooling {(modes.Count == 0 ? "of no known name" : string.Join(" and ", modes))}; known: mean, cls and last token."),
        };
    }

    private bool HasModule(string name) => Modules().Contains(name);

    private List<string> Modules() => folder.Read(FolderFiles.Modules) is { ValueKind: JsonValueKind.Array } modules
        ? [.. modules.EnumerateArray().Select(module => ExportFolder.StringOf(module, "type")?.Split('.')[^1] ?? "")]
        : [];
}

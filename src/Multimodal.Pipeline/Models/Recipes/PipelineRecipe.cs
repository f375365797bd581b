using System.Text.Json;
using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Models.Recipes;

/// <summary>
/// How a pipeline is made of models that others publish: which files of which repositories, what encodes what, fusion and tasks. It
/// carries no weights; whoever makes the pipeline fetches them. A source's files lie in the pipeline's folder as <c>{source}/{path}</c>.
/// </summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PipelineRecipe
{
    /// <summary>The version of the file's own format that this code reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>The version of the file's own format.</summary>
    public required int Schema { get; init; }

    /// <summary>The recipe's name, and that of the pipeline unless another is asked for.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Description { get; init; }

    /// <summary>Where the models are from, by a name that is the folder of their files.</summary>
    public required IReadOnlyDictionary<string, RecipeSource> Sources { get; init; }

    /// <summary>The encoders, by modality.</summary>
    public required IReadOnlyDictionary<Modality, RecipeEncoder> Encoders { get; init; }

    /// <summary>The encoders of labels and queries, by space.</summary>
    public IReadOnlyDictionary<string, RecipeEncoder> LabelEncoders { get; set; } = new Dictionary<string, RecipeEncoder>();

    /// <summary>How embeddings are fused.</summary>
    public required FusionDefinition Fusion { get; init; }

    /// <summary>What is done then.</summary>
    public required IReadOnlyList<TaskDefinition> Tasks { get; init; }

    /// <summary>Every encoder, those of labels among them.</summary>
    [JsonIgnore]
    public IEnumerable<RecipeEncoder> AllEncoders => Encoders.Values.Concat(LabelEncoders.Values);

    /// <summary>Reads a recipe.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="place">The file's name, for messages.</param>
    /// <exception cref="PipelineException">It is malformed, or names what is not there.</exception>
    public static PipelineRecipe Read(ReadOnlySpan<byte> json, string place)
    {
        PipelineRecipe? recipe;
        try
        {
            recipe = JsonSerializer.Deserialize(json, PipelineJson.Default.PipelineRecipe);
        }
        catch (JsonException e)
        {
            throw new PipelineException($"{place} is not a valid recipe: {e.Message}", e);
        }

        return recipe is null ? throw new PipelineException($"{place} is empty.")
            : recipe.FindFault() is { } fault ? throw new PipelineException($"{place}: {fault}.")
            : recipe;
    }

    private string? FindFault() =>
        Schema != CurrentSchema ? $"schema {Schema} is not read by this version, which reads {CurrentSchema}"
        : Encoders.Count == 0 ? "a pipeline needs at least one encoder"
        : Sources.Keys.FirstOrDefault(name => !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || name.Length == 0) is { } name
            ? $"the source '{name}' is named by other than letters, digits, '-' and '_'"
        : AllEncoders.FirstOrDefault(encoder => !Sources.ContainsKey(encoder.Source)) is { } encoder
            ? $"an encoder is of the source '{encoder.Source}', which is not declared"
        : Sources.Keys.FirstOrDefault(source => AllEncoders.All(encoder => encoder.Source != source)) is { } unused
            ? $"nothing uses the source '{unused}'"
        : null;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Models.Signing;

/// <summary>What is signed: an in-toto statement of one subject.</summary>
internal sealed record SigningStatement
{
    [JsonPropertyName("_type")]
    public required string Type { get; init; }

    public required IReadOnlyList<StatementSubject> Subject { get; init; }

    public required string PredicateType { get; init; }

    public required StatementPredicate Predicate { get; init; }

    /// <summary>States that a <c>pipeline.json</c> of this SHA-256 is signed.</summary>
    public static SigningStatement Of(string digest, DateTimeOffset time) => new()
    {
        Type = PipelineSignature.StatementType,
        Subject = [new StatementSubject { Name = ModelRepository.DefinitionFile, Digest = new Dictionary<string, string> { ["sha256"] = digest } }],
        PredicateType = PipelineSignature.PredicateType,
        Predicate = new StatementPredicate { SignedAt = time },
    };

    /// <summary>Reads a statement about a pipeline.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SigningStatement Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SigningJson.Default.SigningStatement) is
            { Type: PipelineSignature.StatementType, PredicateType: PipelineSignature.PredicateType, Subject: [not null] } statement
                ? statement
                : throw new FormatException("what is signed is no statement about a pipeline");
        }
        catch (JsonException e)
        {
            throw new FormatException($"what is signed is no statement about a pipeline: {e.Message}", e);
        }
    }

    /// <summary>Whether it speaks of a <c>pipeline.json</c> of this SHA-256, in hexadecimal.</summary>
    public bool IsOf(string digest) =>
        Subject[0].Digest.TryGetValue("sha256", out var signed) && string.Equals(signed, digest, StringComparison.OrdinalIgnoreCase);
}

using System.Text.Json;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;

namespace Multimodal.Pipeline.Tests;

/// <summary>What JSON leaves out has the default that its member declares.</summary>
public sealed class PipelineJsonTests
{
    [Fact]
    public void JobOptions_NothingSaid_HaveTheirDefaults() =>
        Assert.Equal(new JobOptions(), JsonSerializer.Deserialize("{}", PipelineJson.Default.JobOptions));

    [Theory]
    [InlineData("""{"kind":"glyph"}""")]
    [InlineData("""{"kind":"log-mel"}""")]
    [InlineData("""{"kind":"characters","vocabulary":"v.json"}""")]
    public void PreprocessingSettings_NothingSaid_HaveTheirDefaults(string settings)
    {
        var json = $$"""
            {
              "schema": 1, "name": "n", "version": "1", "tasks": [], "files": {}, "fusion": { "method": "weighted" },
              "encoders": { "image": { "model": "m", "dimensions": 1, "preprocessing": {{settings}} } }
            }
            """;

        var definition = JsonSerializer.Deserialize(json, PipelineJson.Default.PipelineDefinition)!;

        object expected = definition.Encoders[Modality.Image].Preprocessing switch
        {
            GlyphSettings => new GlyphSettings(),
            LogMelSettings => new LogMelSettings(),
            _ => new CharacterSettings { Vocabulary = "v.json" },
        };
        Assert.Equal(expected, definition.Encoders[Modality.Image].Preprocessing);
        Assert.Equal("", definition.Description);
        Assert.Empty(definition.Fusion.Weights);
    }
}

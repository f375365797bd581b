using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Texts;

namespace Multimodal.Pipeline.Preprocessing;

/// <summary>How an encoder's inputs are made; the member <c>kind</c> in <c>pipeline.json</c> chooses one.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(GlyphSettings), GlyphSettings.Kind)]
[JsonDerivedType(typeof(ImageSettings), ImageSettings.Kind)]
[JsonDerivedType(typeof(LogMelSettings), LogMelSettings.Kind)]
[JsonDerivedType(typeof(AudioSettings), AudioSettings.Kind)]
[JsonDerivedType(typeof(CharacterSettings), CharacterSettings.Kind)]
[JsonDerivedType(typeof(TokenSettings), TokenSettings.Kind)]
public abstract record PreprocessingSettings
{
    /// <summary>The modality that they are for.</summary>
    [JsonIgnore]
    public abstract Modality Modality { get; }
}

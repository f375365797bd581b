using System.Text.Json.Serialization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Texts.Formats;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>What every kind of text preprocessing is told.</summary>
public abstract record TextSettings : PreprocessingSettings
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override Modality Modality => Modality.Text;

    /// <summary>What the files hold beside words.</summary>
    public TextFormat Format { get; set; }

    /// <summary>
    /// Of JSON the members whose strings are read: names from the outermost object inwards with dots between, arrays passed over. Null: all strings.
    /// </summary>
    public IReadOnlyList<string>? Fields { get; init; }
}

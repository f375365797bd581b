using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Preprocessing.Texts;

/// <summary>Text as a sequence of characters, each with its id of a vocabulary.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CharacterSettings : TextSettings
{
    /// <summary>The value of <c>kind</c>.</summary>
    public const string Kind = "characters";

    /// <summary>File of the pipeline's folder that maps characters to ids, with <c>[PAD]</c> and <c>[UNK]</c>.</summary>
    public required string Vocabulary { get; init; }

    /// <summary>Whether letters become lower-case.</summary>
    public bool Lowercase { get; set; } = true;

    /// <summary>Whether accents are taken off (NFKD without nonspacing marks); else NFKC.</summary>
    public bool StripAccents { get; init; }

    /// <summary>Longer texts are cut to this many code points.</summary>
    public int MaximumLength { get; set; } = 256;
}

namespace Multimodal.Privacy.Settings;

/// <summary>How personal data in texts is masked.</summary>
public sealed record MaskingOptions
{
    /// <summary>What takes its place.</summary>
    public MaskingMode Mode { get; init; }

    /// <summary>The kinds that are masked, of <see cref="PersonalDataKinds"/>; the patterns are besides.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = PersonalDataKinds.All;

    /// <summary>
    /// The countries, by ISO 3166, whose telephone numbers are known as they are written within them. International ones always are.
    /// </summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Patterns of the user's own by the names of what they find: .NET regular expressions.</summary>
    public IReadOnlyDictionary<string, string> Patterns { get; init; } = new Dictionary<string, string>();

    /// <summary>The key of pseudonyms: 32 bytes or more.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>Whether encoders see masked texts too.</summary>
    public bool BeforeEncoding { get; init; }
}

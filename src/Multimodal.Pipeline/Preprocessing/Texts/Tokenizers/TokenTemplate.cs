namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>What stands around a text's tokens.</summary>
/// <param name="Before">Special tokens before them, each with its type.</param>
/// <param name="After">Special tokens after them.</param>
/// <param name="Type">The type of the text's own tokens.</param>
internal sealed record TokenTemplate(IReadOnlyList<(int Id, int Type)> Before, IReadOnlyList<(int Id, int Type)> After, int Type = 0)
{
    /// <summary>Nothing stands around them.</summary>
    public static TokenTemplate Bare { get; } = new([], []);

    /// <summary>The number of special tokens.</summary>
    public int Count => Before.Count + After.Count;

    /// <summary>One token before, one after; what is null is left out.</summary>
    public static TokenTemplate Around(int? before, int? after) => new(
        before is { } first ? [(first, 0)] : [], after is { } last ? [(last, 0)] : []);
}

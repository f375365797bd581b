namespace Multimodal.Pipeline.Privacy;

/// <summary>Finds in texts what must not be stored or shown. Safe for concurrent use.</summary>
public interface ITextMask
{
    /// <summary>Whether encoders see masked texts too; else only what is stored of a text for people is masked.</summary>
    bool BeforeEncoding { get; }

    /// <summary>Finds what is to be replaced: in the order of the text, without overlaps.</summary>
    IReadOnlyList<MaskedSpan> Find(string text);
}

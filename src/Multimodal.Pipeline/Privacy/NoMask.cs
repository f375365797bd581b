namespace Multimodal.Pipeline.Privacy;

/// <summary>Masks nothing.</summary>
public sealed class NoMask : ITextMask
{
    private NoMask()
    {
    }

    /// <summary>The only one.</summary>
    public static NoMask Instance { get; } = new();

    /// <inheritdoc/>
    public bool BeforeEncoding => false;

    /// <inheritdoc/>
    public IReadOnlyList<MaskedSpan> Find(string text) => [];
}

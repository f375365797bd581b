namespace Multimodal.Pipeline.Preprocessing.Texts.Tokenizers;

/// <summary>A token that is found in a text before the model sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">What it is written as.</param>
internal sealed record AddedToken(int Id, string Content)
{
    /// <summary>Whether it is found in the normalised text, not in the text as it stands.</summary>
    public bool Normalized { get; init; }

    /// <summary>Whether it is only found where no letter or digit touches it.</summary>
    public bool SingleWord { get; init; }

    /// <summary>Whether it takes the white space before it.</summary>
    public bool StripLeft { get; init; }

    /// <summary>Whether it takes the white space after it.</summary>
    public bool StripRight { get; init; }

    /// <summary>Whether it is one that models give a meaning, such as a start or an end.</summary>
    public bool Special { get; init; }
}

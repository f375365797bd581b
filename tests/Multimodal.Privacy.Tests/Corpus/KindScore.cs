namespace Multimodal.Privacy.Tests.Corpus;

/// <summary>How well one kind was found.</summary>
internal sealed class KindScore
{
    /// <summary>How many were planted.</summary>
    public int Planted { get; set; }

    /// <summary>How many of them were found, every character.</summary>
    public int Found { get; set; }

    /// <summary>How many findings there were.</summary>
    public int Findings { get; set; }

    /// <summary>How many of them were something planted of that kind, and little besides.</summary>
    public int Right { get; set; }

    public double Recall => Planted == 0 ? 1 : (double)Found / Planted;

    public double Precision => Findings == 0 ? 1 : (double)Right / Findings;
}

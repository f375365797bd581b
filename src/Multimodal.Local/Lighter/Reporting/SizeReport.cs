namespace Multimodal.Local.Lighter.Reporting;

/// <summary>A size before and after, in bytes.</summary>
internal sealed record SizeReport(long Before, long After)
{
    /// <summary>After as a share of before.</summary>
    public double Share => (double)After / Before;
}

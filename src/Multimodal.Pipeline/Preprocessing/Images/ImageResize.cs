namespace Multimodal.Pipeline.Preprocessing.Images;

/// <summary>To what size pictures are resized, in pixels: exactly, or by one edge with the proportions kept.</summary>
public sealed record ImageResize
{
    /// <summary>Both sides.</summary>
    public static ImageResize Exactly(int width, int height) => new() { Width = width, Height = height };

    /// <summary>The shorter edge, and the greatest longer edge, if any.</summary>
    public static ImageResize ByShorterEdge(int shorter, int? longest = null) => new() { ShorterEdge = shorter, LongestEdge = longest };

    private ImageResize()
    {
    }

    /// <summary>The width; null where the shorter edge decides.</summary>
    public int? Width { get; private init; }

    /// <summary>The height; null where the shorter edge decides.</summary>
    public int? Height { get; private init; }

    /// <summary>The shorter edge; null where both sides are given.</summary>
    public int? ShorterEdge { get; private init; }

    /// <summary>What the longer edge must not exceed.</summary>
    public int? LongestEdge { get; private init; }

    /// <summary>
    /// The size that a picture is resized to, cut to whole pixels as transformers' <c>get_resize_output_image_size</c> does it, and
    /// <c>get_size_with_aspect_ratio</c> where the longer edge is bounded.
    /// </summary>
    public (long Width, long Height) SizeOf(int width, int height)
    {
        if (ShorterEdge is not { } edge)
        {
            return (Width!.Value, Height!.Value);
        }

        var (shorter, longer) = (Math.Min(width, height), Math.Max(width, height));
        double wanted = edge;
        var newShorter = edge;
        if (LongestEdge is { } longest && (double)longer / shorter * edge > longest)
        {
            wanted = (double)longest * shorter / longer;
            newShorter = Math.Max((int)Math.Round(wanted, MidpointRounding.ToEven), 1);
            if (newShorter == shorter)
            {
                return (width, height);
            }
        }

        var newLonger = Math.Max((long)(wanted * longer / shorter), 1);
        return width <= height ? (newShorter, newLonger) : (newLonger, newShorter);
    }
}

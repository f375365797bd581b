using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Multimodal.Http.Files;

/// <summary>Reads the header <c>Accept</c>.</summary>
internal static class AcceptHeader
{
    /// <summary>The offered media type that a request prefers; among equals the first offered. Null where it takes none.</summary>
    public static string? Choose(HttpRequest request, params ReadOnlySpan<string> offered)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            return offered[0];
        }

        var (best, bestQuality) = ((string?)null, 0.0);
        foreach (var type in offered)
        {
            var quality = QualityOf(accepted, MediaTypeHeaderValue.Parse(type));
            if (quality > bestQuality)
            {
                (best, bestQuality) = (type, quality);
            }
        }

        return best;
    }

    // What names a type most closely says how much it is liked.
    private static double QualityOf(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue type) =>
        accepted.Where(range => type.IsSubsetOf(range))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
}

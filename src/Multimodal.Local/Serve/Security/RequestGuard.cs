using Microsoft.AspNetCore.Http;
using Multimodal.Http;
using Multimodal.Http.Problems;

namespace Multimodal.Local.Serve.Security;

/// <summary>
/// Refuses what no route should see: host names that are not this host's, which is how a page reaches loopback by a name of its own
/// (DNS rebinding); what a browser sends for a page of another site; and what needs the key and does not show it.
/// </summary>
internal sealed class RequestGuard(ApiKey? key, IReadOnlyCollection<string>? hosts)
{
    private const string Api = "/api";

    /// <summary>Refuses the request or hands it on.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var refusal = FindRefusal(context.Request);
        return refusal is null ? next(context) : refusal.ExecuteAsync(context);
    }

    private IResult? FindRefusal(HttpRequest request) =>
        hosts is not null && !hosts.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase) ? HostProblems.UnknownHost(request.Host.Host)
        : IsOfAnotherSite(request) ? HostProblems.CrossSite()
        : key is not null && NeedsKey(request.Path) && !key.IsShownBy(request) ? HostProblems.Unauthorized()
        : null;

    // Pages and the document hold no jobs; a probe has no key.
    private static bool NeedsKey(PathString path) =>
        path.StartsWithSegments(Api, StringComparison.OrdinalIgnoreCase) && !path.Equals(JobsEndpoints.Live, StringComparison.OrdinalIgnoreCase);

    // Programs send neither header. What only reads is kept from other sites by the browser itself.
    private static bool IsOfAnotherSite(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return site.Length > 0
            ? site is not ("same-origin" or "none")
            : origin.Length > 0 && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}

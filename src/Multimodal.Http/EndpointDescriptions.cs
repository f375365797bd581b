using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Multimodal.Http.Problems;

namespace Multimodal.Http;

/// <summary>Says of a route what an OpenAPI document is to say.</summary>
internal static class EndpointDescriptions
{
    /// <param name="route">The route.</param>
    /// <param name="operationId">Its stable name, which generated clients use.</param>
    /// <param name="summary">What it does.</param>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder route, string operationId, string summary) =>
        route.WithName(operationId).WithSummary(summary);

    /// <summary>Answers in JSON.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<T>(status, "application/json");
        }

        return route;
    }

    /// <summary>An answer without a body.</summary>
    public static RouteHandlerBuilder Answers(this RouteHandlerBuilder route, int status) => route.Produces(status);

    /// <summary>Answers that are problems.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            route.Produces<Problem>(status, ProblemResults.ContentType);
        }

        return route;
    }
}

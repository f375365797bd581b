using Microsoft.AspNetCore.Http;

namespace Multimodal.Http.Problems;

/// <summary>Why a host refuses a request before any route sees it.</summary>
public static class HostProblems
{
    /// <summary>401: the key is absent or not the right one.</summary>
    public static IResult Unauthorized() => ProblemResults.Create(
        StatusCodes.Status401Unauthorized,
        ProblemCodes.Unauthorized,
        "The request has no valid API key.",
        "Send it in the header X-Api-Key, or as Authorization: Bearer.",
        new() { ["WWW-Authenticate"] = "Bearer" });

    /// <summary>421: the request asks for a host name that this host does not answer to.</summary>
    public static IResult UnknownHost(string? name) => ProblemResults.Create(
        StatusCodes.Status421MisdirectedRequest,
        ProblemCodes.UnknownHost,
        $"This host does not answer to the name '{name}'.",
        "Use its address; where a proxy passes another name on, start it with --allow-host.");

    /// <summary>403: a page of another site sent the request.</summary>
    public static IResult CrossSite() => ProblemResults.Create(
        StatusCodes.Status403Forbidden,
        ProblemCodes.CrossSite,
        "A browser sent this on behalf of another site.",
        "Send it from a page of this host, or from a program.");
}

namespace Multimodal.Local.Hub;

/// <summary>Which names a hub may give to files.</summary>
internal static class HubPaths
{
    private const int Longest = 400;

    /// <summary>Whether a path stays within the folder that it is laid into, on every system.</summary>
    public static bool IsSound(string? path) =>
        path is { Length: > 0 and <= Longest }
        && !path.AsSpan().ContainsAny('\\', ':', '\0')
        && !path.Any(char.IsControl)
        && path.Split('/').All(part => part is not ("" or "." or ".."));
}

namespace Multimodal.Local.Serve.Security;

/// <summary>Makes the guard that a service's addresses call for.</summary>
internal static class RequestGuards
{
    private static readonly string[] Loopback = ["localhost", "127.0.0.1", "[::1]"];

    /// <exception cref="UsageException">It would be open to a network, or the key is too weak for one.</exception>
    public static RequestGuard Create(ServeSettings settings)
    {
        if (!settings.IsLoopback && settings.ApiKey is not { Length: >= ApiKey.MinimumLength })
        {
            throw new UsageException(settings.ApiKey is null
                ? $"Beyond loopback an API key is required: set {ServeSettings.ApiKeyVariable} to {ApiKey.MinimumLength} or more random characters."
                : $"Beyond loopback the API key must have {ApiKey.MinimumLength} or more characters.");
        }

        return new RequestGuard(
            settings.ApiKey is { } key ? new ApiKey(key) : null,
            settings.IsLoopback ? [.. Loopback, .. settings.Addresses.Select(address => address.Host), .. settings.AllowedHosts] : null);
    }
}

namespace Multimodal.Local.Hub;

/// <summary>Which hub is asked, and in whose name.</summary>
/// <param name="Endpoint">The hub's address.</param>
/// <param name="Token">What opens models that are not public, or null. It is shown to the endpoint alone, and to nobody in messages.</param>
internal sealed record HubSettings(Uri Endpoint, string? Token)
{
    public const string EndpointVariable = "HF_ENDPOINT";
    public const string TokenVariable = "HF_TOKEN";

    private const string Default = "https://huggingface.co";

    /// <summary>Reads the environment.</summary>
    /// <exception cref="UsageException">The address is none, or the token would travel in the clear.</exception>
    public static HubSettings FromEnvironment()
    {
        var address = Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } given ? given : Default;
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var endpoint) || (endpoint.Scheme != Uri.UriSchemeHttp && endpoint.Scheme != Uri.UriSchemeHttps))
        {
            throw new UsageException($"{EndpointVariable} is no address of a hub; it begins with https://.");
        }

        var token = Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } secret ? secret : null;
        return token is null || endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback
            ? new HubSettings(endpoint, token)
            : throw new UsageException($"{TokenVariable} would travel to {endpoint.Host} in the clear. Use https in {EndpointVariable}, or unset {TokenVariable}.");
    }

    // A record would show the token.
    /// <inheritdoc/>
    public override string ToString() => Endpoint.ToString();
}

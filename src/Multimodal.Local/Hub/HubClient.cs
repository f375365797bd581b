using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Multimodal.Local.Hub.Answers;

namespace Multimodal.Local.Hub;

/// <summary>
/// Speaks to a hub: what a model holds, and its files. Redirections are followed here, because the token must not go to another host.
/// </summary>
internal sealed class HubClient(HttpClient http, HubSettings settings, HubLimits limits)
{
    private static readonly HttpStatusCode[] Redirections =
    [
        HttpStatusCode.MovedPermanently, HttpStatusCode.Found, HttpStatusCode.SeeOther, HttpStatusCode.TemporaryRedirect, HttpStatusCode.PermanentRedirect,
    ];

    /// <summary>What a model holds at a revision.</summary>
    /// <exception cref="HubException">It is not there, not open to the token, or what the hub says of it is unsound.</exception>
    public async Task<HubModel> GetModelAsync(HubSource source, CancellationToken cancellationToken)
    {
        var address = new Uri(settings.Endpoint, $"api/models/{source.Repository}/revision/{Uri.EscapeDataString(source.Revision)}?blobs=true");
        using var response = await SendAsync(address, source.ToString(), null, cancellationToken);
        var bytes = await ReadAsync(response, source, cancellationToken);
        try
        {
            return Check(JsonSerializer.Deserialize(bytes, HubJson.Default.ModelAnswer) ?? new ModelAnswer(), source);
        }
        catch (JsonException e)
        {
            throw new HubException($"What {settings.Endpoint.Host} says of {source} is not JSON. Check {HubSettings.EndpointVariable}.", e);
        }
    }

    /// <summary>Asks for a file of a commit, or for what follows the bytes that are there.</summary>
    /// <param name="source">The model.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="path">The file.</param>
    /// <param name="from">How many bytes are there.</param>
    /// <param name="etag">The version that they are of, or null.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<HttpResponseMessage> GetFileAsync(
        HubSource source, string commit, string path, long from, EntityTagHeaderValue? etag, CancellationToken cancellationToken)
    {
        var escaped = string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
        return SendAsync(
            new Uri(settings.Endpoint, $"{source.Repository}/resolve/{commit}/{escaped}"),
            $"{path} of {source}",
            request =>
            {
                // A compressed answer would have other bytes than those that were asked for.
                request.Headers.AcceptEncoding.ParseAdd("identity");
                if (from > 0)
                {
                    request.Headers.Range = new RangeHeaderValue(from, null);
                    request.Headers.IfRange = etag is null ? null : new RangeConditionHeaderValue(etag);
                }
            },
            cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(
        Uri address, string what, Action<HttpRequestMessage>? prepare, CancellationToken cancellationToken)
    {
        for (var hops = 0; hops <= limits.MaximumRedirects; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            prepare?.Invoke(request);
            if (settings.Token is { } token && IsEndpoint(address))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            HttpResponseMessage response;
            try
            {
                response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            }
            catch (Exception e) when (e is HttpRequestException or TimeoutException or Polly.Timeout.TimeoutRejectedException)
            {
                throw new HubException($"{address.Host} cannot be reached for {what}: {e.Message} Try again; what is fetched already is kept.", e);
            }

            if (!Redirections.Contains(response.StatusCode))
            {
                return Accept(response, what, address);
            }

            address = Follow(address, response, what);
        }

        throw new HubException($"{settings.Endpoint.Host} redirects {what} again and again. Try again later.");
    }

    private static Uri Follow(Uri address, HttpResponseMessage response, string what)
    {
        using (response)
        {
            var target = response.Headers.Location is { } location ? new Uri(address, location) : null;
            return target is not null && (target.Scheme == Uri.UriSchemeHttps || (target.Scheme == Uri.UriSchemeHttp && address.Scheme == Uri.UriSchemeHttp))
                ? target
                : throw new HubException($"{address.Host} redirects {what} to where it cannot be fetched safely.");
        }
    }

    private bool IsEndpoint(Uri address) =>
        address.Scheme == settings.Endpoint.Scheme && address.Host == settings.Endpoint.Host && address.Port == settings.Endpoint.Port;

    private HttpResponseMessage Accept(HttpResponseMessage response, string what, Uri address)
    {
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return response;
        }

        using (response)
        {
            var code = response.Headers.TryGetValues("X-Error-Code", out var codes) ? codes.First() : "";
            throw new HubException((response.StatusCode, code) switch
            {
                (_, "GatedRepo") => $"{what} is open to those only who agreed to its terms. Agree on the page of the model, and set {HubSettings.TokenVariable}.",
                (_, "RevisionNotFound") => $"{what}: there is no such revision. Name a branch, a tag or a commit after the @.",
                (_, "EntryNotFound") => $"{what} is not there any more. Pull the model again.",
                (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden, _) => settings.Token is null
                    ? $"{what} does not exist, or is not public. Check the name; for a private model set {HubSettings.TokenVariable}."
                    : $"{what} does not exist, or the token of {HubSettings.TokenVariable} does not open it.",
                (HttpStatusCode.NotFound, _) => $"{what} does not exist at {settings.Endpoint.Host}. Check the name.",
                (HttpStatusCode.TooManyRequests, _) => $"{address.Host} asks for fewer requests. Try again in some minutes; what is fetched already is kept.",
                _ => $"{address.Host} answers {what} with {(int)response.StatusCode}. Try again; what is fetched already is kept.",
            });
        }
    }

    private async Task<byte[]> ReadAsync(HttpResponseMessage response, HubSource source, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(limits.MaximumInfoBytes, cancellationToken);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw new HubException($"What {settings.Endpoint.Host} says of {source} cannot be read: {e.Message}", e);
        }
    }

    private HubModel Check(ModelAnswer answer, HubSource source)
    {
        if (answer.Sha is not { Length: 40 } commit || !commit.All(char.IsAsciiHexDigitLower) || answer.Siblings is not { Count: > 0 } files)
        {
            throw new HubException($"{settings.Endpoint.Host} names no commit or no files of {source}. Check {HubSettings.EndpointVariable}.");
        }

        if (files.Count > limits.MaximumFiles)
        {
            throw new HubException($"{source} has {files.Count} files; at most {limits.MaximumFiles} are looked at.");
        }

        if (files.FirstOrDefault(file => !HubPaths.IsSound(file.RFilename)) is { } unsound)
        {
            throw new HubException($"{source} holds a file whose name would leave its folder: '{unsound.RFilename}'. Nothing of it is fetched.");
        }

        return new HubModel(commit,
        [
            .. files.Select(file => new HubFile(
                file.RFilename!, file.Lfs?.Size ?? file.Size ?? -1, file.Lfs?.Sha256?.ToLowerInvariant(), file.Lfs is null ? file.BlobId?.ToLowerInvariant() : null)),
        ]);
    }
}

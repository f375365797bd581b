using System.Globalization;
using System.Net;

namespace Multimodal.Local.Serve.Settings;

/// <summary>An address to listen on, such as <c>http://127.0.0.1:7080</c>.</summary>
/// <param name="Url">The address as the server takes it.</param>
/// <param name="Host">The host part of it.</param>
/// <param name="IsLoopback">Whether it can be reached from this machine alone.</param>
internal sealed record ListenAddress(string Url, string Host, bool IsLoopback)
{
    private const string Localhost = "localhost";

    /// <summary>Where it listens unless told otherwise.</summary>
    public static ListenAddress Default { get; } = OfPort(7080);

    /// <summary>A port of loopback; 0 picks a free one.</summary>
    public static ListenAddress OfPort(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"), "127.0.0.1", true);

    /// <summary>The addresses of <c>--urls</c> and <c>--port</c>.</summary>
    /// <exception cref="UsageException">Both are given, or one is no address.</exception>
    public static IReadOnlyList<ListenAddress> Parse(string? urls, int? port) => (urls, port) switch
    {
        (not null, not null) => throw new UsageException("--urls and --port exclude one another: name the port in --urls."),
        ({ } given, _) => given.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } parts
            ? [.. parts.Select(part => ParseOne(part))]
            : throw new UsageException("--urls names no address."),
        (_, { } number) => [OfPort(number)],
        _ => [Default],
    };

    private static ListenAddress ParseOne(string url)
    {
        // '*' and '+' stand for every address; a Uri takes neither.
        var readable = url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal);
        if (!Uri.TryCreate(readable, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttp || uri.PathAndQuery is not ("/" or ""))
        {
            throw new UsageException($"'{url}' is no address to listen on; use http://HOST:PORT, behind a proxy where it is to be encrypted.");
        }

        if (uri is { Host: Localhost, Port: 0 })
        {
            throw new UsageException($"'{url}' stands for two addresses, which need one port; use http://127.0.0.1:0.");
        }

        // The server gets it as it was understood here; the signs for every address are its own.
        return new ListenAddress(readable == url ? uri.GetLeftPart(UriPartial.Authority) : url, uri.Host, IsOfLoopback(uri.Host));
    }

    private static bool IsOfLoopback(string host) =>
        host == Localhost || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

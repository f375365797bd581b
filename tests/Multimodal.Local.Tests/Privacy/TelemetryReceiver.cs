using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Multimodal.Local.Tests.Privacy;

/// <summary>Takes what an exporter of OpenTelemetry sends over HTTP.</summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentBag<(string Path, byte[] Body)> _received = [];
    private readonly Task _work;

    public TelemetryReceiver()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _work = ListenAsync();
    }

    public string Address { get; }

    /// <summary>All that came of a signal, as text: names and values stand in it as they are.</summary>
    public string Text(string signal) => string.Concat(_received.Where(item => item.Path == $"/v1/{signal}").Select(item => Encoding.Latin1.GetString(item.Body)));

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _work;
        _listener.Close();
    }

    private async Task ListenAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Add((context.Request.Url!.AbsolutePath, body.ToArray()));
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}

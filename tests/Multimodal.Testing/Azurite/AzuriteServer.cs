using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Multimodal.Testing.Azurite;

/// <summary>A running Azurite, in memory, on loopback ports that the system picked.</summary>
internal sealed partial class AzuriteServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ConcurrentDictionary<string, Uri> _addresses = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteServer(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Exited += (_, _) => _started.TrySetException(new InvalidOperationException("Azurite ended."));
    }

    /// <summary>Where the blob service listens; an account's name is the path below it.</summary>
    public Uri Blobs => _addresses["Blob"];

    /// <summary>Where the queue service listens.</summary>
    public Uri Queues => _addresses["Queue"];

    /// <summary>Where the table service listens.</summary>
    public Uri Tables => _addresses["Table"];

    /// <summary>Starts it and waits until its services listen.</summary>
    /// <param name="node">The path of Node.</param>
    /// <param name="folder">Where it is installed.</param>
    /// <param name="accounts">Its accounts, <c>name:key</c> divided by semicolons.</param>
    public static async Task<AzuriteServer> StartAsync(string node, string folder, string accounts)
    {
        string[] services = ["blob", "queue", "table"];
        var start = new ProcessStartInfo(
            node,
            [
                "start.js", "--silent", "--inMemoryPersistence", "--disableTelemetry",

                // The client libraries speak of newer versions of the service than Azurite knows of; what is used here it has long had.
                "--skipApiVersionCheck",
                .. services.SelectMany(service => (string[])[$"--{service}Host", "127.0.0.1", $"--{service}Port", "0"]),
            ])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = accounts;
        var server = new AzuriteServer(start);
        server._process.Start();
        server._process.BeginOutputReadLine();
        server._process.BeginErrorReadLine();
        try
        {
            await server._started.Task.WaitAsync(StartLimit);
            return server;
        }
        catch (Exception e)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException($"Azurite did not start: {e.Message}\n{string.Join('\n', server._output)}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopLimit);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void Note(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
        {
            _addresses[match.Groups["service"].Value] = new Uri(match.Groups["address"].Value);
            if (_addresses.Count == 3)
            {
                _started.TrySetResult();
            }
        }
    }

    [GeneratedRegex(@"^Azurite (?<service>\w+) service is successfully listening at (?<address>http://\S+)$")]
    private static partial Regex Listening();
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Multimodal.Trials.Service;

/// <summary><c>multimodal serve</c> as a process of its own, on a free port of loopback.</summary>
internal sealed class ServeProcess : IAsyncDisposable
{
    private const string Announcement = "Listening on ";
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServeProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => NoteOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => NoteLog(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException("The service ended before it listened."));

        // Nobody need wait for the address.
        _ = _address.Task.Exception;
    }

    /// <summary>Where it listens, as soon as it does.</summary>
    public Task<Uri> Address => _address.Task;

    /// <summary>What it said on standard error.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Its memory at this moment, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Its processor time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts it; it does not listen yet.</summary>
    /// <param name="arguments">Its arguments beside the port.</param>
    /// <param name="environment">Variables beside this process's own.</param>
    public static ServeProcess Start(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "multimodal.dll"), "serve", "--port", "0", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        var service = new ServeProcess(start);
        service._process.Start();
        service._process.BeginOutputReadLine();
        service._process.BeginErrorReadLine();
        return service;
    }

    /// <summary>Ends it at once, as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Sends it a signal of its platform's own; Unix alone.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken = default)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void NoteOutput(string? line)
    {
        if (line?.StartsWith(Announcement, StringComparison.Ordinal) == true)
        {
            _address.TrySetResult(new Uri(line[Announcement.Length..]));
        }
    }

    private void NoteLog(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
        }
    }
}

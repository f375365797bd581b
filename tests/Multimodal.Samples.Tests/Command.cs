using System.Diagnostics;

namespace Multimodal.Samples.Tests;

/// <summary>A command that runs as a process of its own, as a person runs it.</summary>
internal sealed class Command : IAsyncDisposable
{
    private readonly Process _process;

    private Command(Process process) => _process = process;

    /// <summary>Starts one of the programs that are built beside the tests.</summary>
    public static Command Start(string program, string account, string folder, params string[] arguments) =>
        StartAny(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", account, folder,
            [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments]);

    /// <summary>Starts any program.</summary>
    public static Command StartAny(string program, string account, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURE_STORAGE_CONNECTION_STRING"] = account;
        start.Environment["AZURE_CONFIG_DIR"] = folder;
        start.Environment["AZURE_CORE_COLLECT_TELEMETRY"] = "false";
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        return new Command(process);
    }

    /// <summary>The next line that it writes.</summary>
    public ValueTask<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>What it writes until it ends, which must be well.</summary>
    public async Task<string> FinishAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _process.ExitCode);
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}

using System.Diagnostics;
using System.Text.Json;

namespace Multimodal.Benchmarks.Compare;

/// <summary>
/// A peer in a process of its own that stays alive: a line of JSON <c>{"work": …}</c> in, a line <c>{"ms": …}</c> or
/// <c>{"error": …}</c> out. What it prints before its line <c>{"ready": true}</c> is passed over.
/// </summary>
internal sealed class PeerContender : IContender
{
    private readonly Process _process;

    private PeerContender(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    /// <summary>Starts <c>peers/{script}</c> beside this program: <c>.mjs</c> by node, <c>.py</c> by python3.</summary>
    /// <param name="name">Its name in the table.</param>
    /// <param name="script">The script's file name.</param>
    /// <param name="modules">The folder that holds <c>node_modules</c>, for node.</param>
    /// <param name="arguments">Further arguments.</param>
    public static PeerContender Start(string name, string script, string? modules, params string[] arguments)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "peers", script);
        var isNode = Path.GetExtension(script) == ".mjs";
        var start = new ProcessStartInfo(isNode ? "node" : "/usr/bin/python3") { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (isNode && modules is not null)
        {
            // ES modules are looked for beside the script, so it must lie beside the packages.
            var copy = Path.Combine(modules, script);
            File.Copy(path, copy, overwrite: true);
            path = copy;
        }

        start.ArgumentList.Add(path);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var peer = new PeerContender(name, Process.Start(start)!);
        while (!peer.ReadLine().Contains("\"ready\"", StringComparison.Ordinal))
        {
        }

        return peer;
    }

    public double Run(string work)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(new Dictionary<string, string> { ["work"] = work }));
        _process.StandardInput.Flush();
        using var answer = JsonDocument.Parse(ReadLine());
        return answer.RootElement.TryGetProperty("ms", out var milliseconds)
            ? milliseconds.GetDouble()
            : throw new InvalidOperationException($"{Name} failed on {work}: {answer.RootElement}");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(5000))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private string ReadLine() =>
        _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{Name} ended.");
}

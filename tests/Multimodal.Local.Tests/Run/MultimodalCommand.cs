using System.Diagnostics;
using Multimodal.Testing;

namespace Multimodal.Local.Tests.Run;

/// <summary>The command as people call it: a process of its own.</summary>
internal static class MultimodalCommand
{
    /// <summary>What a call gave.</summary>
    internal sealed record Output(int ExitCode, string Results, string Notes);

    /// <summary>Calls it and waits for its end.</summary>
    public static Task<Output> RunAsync(params string[] arguments) => RunAsync(new Dictionary<string, string>(), arguments);

    /// <summary>Calls it with variables of its own and waits for its end.</summary>
    public static async Task<Output> RunAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = TestPaths.Repository,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "multimodal.dll"));
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var token = TestContext.Current.CancellationToken;
        var results = process.StandardOutput.ReadToEndAsync(token);
        var notes = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return new Output(process.ExitCode, await results, await notes);
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using Multimodal.Testing;

namespace Multimodal.Infra.Tests.Templates;

/// <summary>Bicep's compiler: the one on the PATH, or the one that <c>tests/bicep/bicep.proj</c> restores.</summary>
internal static class BicepTool
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    // The compiler takes a core and some 200 MB each time.
    private static readonly SemaphoreSlim AtOnce = new(2);

    private static string? Path { get; } = Find();

    /// <summary>Runs it in a folder. Where it is absent, the test is skipped or fails.</summary>
    public static async Task<BicepRun> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        Requirements.Need("bicep", Path is not null, "dotnet restore tests/bicep/bicep.proj");
        await AtOnce.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await StartAsync(folder, variables, arguments);
        }
        finally
        {
            AtOnce.Release();
        }
    }

    private static async Task<BicepRun> StartAsync(string folder, IReadOnlyDictionary<string, string> variables, string[] arguments)
    {
        var start = new ProcessStartInfo(Path!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new BicepRun(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? Find()
    {
        var name = OperatingSystem.IsWindows() ? "bicep.exe" : "bicep";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given
            ? given
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

        // The restored one first: it is of the version that the templates were written for.
        var package = System.IO.Path.Combine(packages, $"azure.bicep.commandline.{Platform()}");
        var restored = Directory.Exists(package)
            ? Directory.EnumerateDirectories(package).Order(StringComparer.Ordinal).Select(version => System.IO.Path.Combine(version, "tools"))
            : [];
        return restored.Reverse().Concat(folders).Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        return RuntimeInformation.OSArchitecture == Architecture.Arm64 ? $"{system}-arm64" : $"{system}-x64";
    }
}

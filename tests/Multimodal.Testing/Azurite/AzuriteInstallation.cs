using System.Diagnostics;
using System.Security.Cryptography;

namespace Multimodal.Testing.Azurite;

/// <summary>Installs Azurite into <c>tests/azurite/node_modules</c>, as its lock file says, once for all test processes.</summary>
internal static class AzuriteInstallation
{
    private static readonly TimeSpan InstallationLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    public static string Folder { get; } = Path.Combine(TestPaths.Repository, "tests", "azurite");

    private static string Stamp => Path.Combine(Folder, "node_modules", ".installed-lock-file");

    /// <summary>Installs it unless that is done.</summary>
    /// <returns>The path of Node.</returns>
    /// <exception cref="AzuriteAbsentException">There is no Node, or the installation failed.</exception>
    public static async Task<string> EnsureAsync()
    {
        var node = Find("node") ?? throw new AzuriteAbsentException("install Node.js with npm; the tests then install Azurite by themselves.");
        var lockFile = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Folder, "package-lock.json"))));
        if (!IsInstalled(lockFile))
        {
            await using var held = await AcquireAsync();
            if (!IsInstalled(lockFile))
            {
                await InstallAsync();
                await File.WriteAllTextAsync(Stamp, lockFile);
            }
        }

        return node;
    }

    private static bool IsInstalled(string lockFile) => File.Exists(Stamp) && File.ReadAllText(Stamp) == lockFile;

    // Test projects run side by side, each in a process of its own.
    private static async Task<FileStream> AcquireAsync()
    {
        var path = Path.Combine(Folder, ".install.lock");
        for (var begun = Stopwatch.StartNew(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (begun.Elapsed < InstallationLimit)
            {
                await Task.Delay(Poll);
            }
        }
    }

    private static async Task InstallAsync()
    {
        var npm = Find("npm") ?? throw new AzuriteAbsentException("Node.js is there without npm; install npm.");
        var start = new ProcessStartInfo(npm, ["ci", "--no-audit", "--no-fund"])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(InstallationLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new AzuriteAbsentException($"'npm ci' in tests/azurite did not end within {InstallationLimit.TotalMinutes} minutes.");
        }

        if (process.ExitCode != 0)
        {
            throw new AzuriteAbsentException($"'npm ci' in tests/azurite failed: {await errors}{await output}");
        }
    }

    private static string? Find(string command)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        var candidates =
            from folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            from ending in endings
            select Path.Combine(folder, command + ending);
        return candidates.FirstOrDefault(File.Exists);
    }
}

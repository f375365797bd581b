using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx.Format;
using Multimodal.Onnx.Tuning;

namespace Multimodal.Onnx.Sessions;

/// <summary>
/// Keeps what ONNX Runtime made of a network, so that it need not be made again: the optimised graph, and the weights in a file of their own
/// that is mapped into memory instead of read. An entry holds for one model, runtime and kind of processor. What is damaged is made anew;
/// what cannot be kept is done without.
/// </summary>
/// <remarks>
/// What lies here is trusted as the program itself is: the folder is its user's alone, or it is not used. The checksum beside each entry
/// finds damage and no intent, for whoever can write an entry can write its checksum; so it is a fast one (XXH128).
/// </remarks>
/// <param name="folder">The folder; null: nothing is kept.</param>
/// <param name="smallest">Models of fewer bytes are opened faster than they are looked up.</param>
/// <param name="logger">Told of what cannot be kept.</param>
internal sealed class GraphCache(string? folder, long smallest, ILogger logger)
{
    /// <summary>Below it nothing was gained where it was measured.</summary>
    public const long DefaultSmallest = 16 << 20;

    private const string Graph = "graph.onnx", Weights = "graph.weights", Checksum = "graph.xxh128";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // What a process that was killed left behind is removed after so long.
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Opens a network from what is kept of it, or from its own file, and keeps it then.</summary>
    /// <param name="file">The model.</param>
    /// <param name="identity">Names its content and that of the files beside it.</param>
    /// <param name="open">Opens a file, with changes to the usual options.</param>
    /// <exception cref="OnnxRuntimeException">The model itself cannot be opened.</exception>
    public InferenceSession Open(OnnxFile file, string identity, Func<string, Action<SessionOptions>?, InferenceSession> open)
    {
        if (folder is null || file.Bytes < smallest)
        {
            return open(file.Path, null);
        }

        try
        {
            MakePrivate(folder);
            var entry = Path.Combine(folder, KeyOf(identity));
            return TryOpenKept(entry, open) ?? OpenAndKeep(file, entry, open);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.GraphNotKept(logger, folder, e.Message);
            return open(file.Path, null);
        }
    }

    /// <summary>
    /// Makes a folder its user's alone. Only the owner may set the mode: one that others made is refused.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's.</exception>
    public static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(folder, OwnerOnly);
    }

    private static string KeyOf(string identity) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{identity}\n{MachineName.Of(ExecutionProvider.Cpu)}\n{MachineName.InstructionSets}")));

    private static InferenceSession? TryOpenKept(string entry, Func<string, Action<SessionOptions>?, InferenceSession> open)
    {
        if (!Directory.Exists(entry))
        {
            return null;
        }

        try
        {
            if (File.ReadAllText(Path.Combine(entry, Checksum)) == ChecksumOf(entry))
            {
                return open(Path.Combine(entry, Graph), options => options.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL);
            }
        }
        catch (Exception e) when (e is OnnxRuntimeException or FileNotFoundException)
        {
            // Damaged, or of a runtime that reads it no longer.
        }

        Remove(entry);
        return null;
    }

    private InferenceSession OpenAndKeep(OnnxFile file, string entry, Func<string, Action<SessionOptions>?, InferenceSession> open)
    {
        var made = $"{entry}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(made);
        InferenceSession session;
        try
        {
            session = open(file.Path, options =>
            {
                options.OptimizedModelFilePath = Path.Combine(made, Graph);
                options.AddSessionConfigEntry("session.optimized_model_external_initializers_file_name", Weights);
                options.AddSessionConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", "1024");
            });
        }
        catch (OnnxRuntimeException e)
        {
            // The model, or what was to be written: without writing it shows which.
            Directory.Delete(made, recursive: true);
            session = open(file.Path, null);
            Log.GraphNotKept(logger, folder!, e.Message);
            return session;
        }

        try
        {
            File.WriteAllText(Path.Combine(made, Checksum), ChecksumOf(made));

            // As a whole or not at all; where another process was faster, its entry stays.
            Directory.Move(made, entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(made);
            if (!Directory.Exists(entry))
            {
                Log.GraphNotKept(logger, folder!, e.Message);
            }
        }

        RemoveAbandoned();
        return session;
    }

    // A graph whose tensors are all small has no weights beside it.
    private static string ChecksumOf(string entry)
    {
        var hash = new XxHash128();
        string[] names = File.Exists(Path.Combine(entry, Weights)) ? [Graph, Weights] : [Graph];
        foreach (var path in names.Select(name => Path.Combine(entry, name)))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
            hash.Append(stream);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private void RemoveAbandoned()
    {
        foreach (var left in Directory.EnumerateDirectories(folder!, "*.*").Where(left => DateTime.UtcNow - Directory.GetLastWriteTimeUtc(left) > Abandoned))
        {
            Remove(left);
        }
    }

    // Out of the way first: where a process still maps the files, an operating system may refuse to delete them.
    private static void Remove(string entry)
    {
        try
        {
            var aside = $"{entry}.{Guid.NewGuid():N}";
            Directory.Move(entry, aside);
            Directory.Delete(aside, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next that finds it tries again.
        }
    }
}

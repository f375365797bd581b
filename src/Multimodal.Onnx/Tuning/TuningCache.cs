using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Multimodal.Onnx.Tuning;

/// <summary>Remembers measurements in files, one for each model and machine. What cannot be written is measured again another time.</summary>
/// <param name="folder">The folder; null: nothing is remembered.</param>
/// <param name="logger">Told of what cannot be written.</param>
internal sealed class TuningCache(string? folder, ILogger logger)
{
    /// <summary>What was remembered; null where nothing was, or what was is damaged.</summary>
    public EncoderTuning? Find(string hash, string machine)
    {
        if (folder is null)
        {
            return null;
        }

        try
        {
            var tuning = JsonSerializer.Deserialize(File.ReadAllBytes(PathOf(folder, hash, machine)), TuningJson.Default.EncoderTuning);
            return tuning?.Machine == machine && tuning.Knee is { Batch: > 0, Runs: > 0, Threads: > 0 } ? tuning : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Remembers.</summary>
    public void Store(string hash, EncoderTuning tuning)
    {
        if (folder is null)
        {
            return;
        }

        try
        {
            Directory.CreateDirectory(folder);
            var path = PathOf(folder, hash, tuning.Machine);
            var made = $"{path}.{Guid.NewGuid():N}";
            File.WriteAllBytes(made, JsonSerializer.SerializeToUtf8Bytes(tuning, TuningJson.Default.EncoderTuning));
            File.Move(made, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.TuningNotKept(logger, folder, e.Message);
        }
    }

    private static string PathOf(string folder, string hash, string machine) =>
        Path.Combine(folder, $"{hash}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(machine)).AsSpan(0, 8))}.json");
}

using System.Globalization;

namespace Multimodal.Local.Evaluation.Data;

/// <summary>The test split of the Free Spoken Digit Dataset: the recordings <c>{digit}_{speaker}_{index}.wav</c> with an index of 0 to 4.</summary>
internal static class FsddFolder
{
    private const int TestIndices = 5;

    /// <summary>Reads them, in the ordinal order of their names.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static IReadOnlyList<LabelledRecording> Read(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new UsageException($"The folder '{folder}' does not exist. {DataRemedies.Fsdd}");
        }

        LabelledRecording[] recordings =
        [
            .. Directory.EnumerateFiles(folder, "*.wav")
                .Order(StringComparer.Ordinal)
                .Select(path => (Path: path, Label: FindTestLabel(Path.GetFileNameWithoutExtension(path))))
                .Where(file => file.Label is not null)
                .Select(file => new LabelledRecording(Path.GetFileName(file.Path), File.ReadAllBytes(file.Path), file.Label!))
        ];
        return recordings.Length > 0
            ? recordings
            : throw new UsageException($"'{folder}' holds no recordings of the test split. {DataRemedies.Fsdd}");
    }

    private static string? FindTestLabel(string name) =>
        name.Split('_') is [[>= '0' and <= '9'] label, _, var index] &&
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) &&
        number < TestIndices
            ? label
            : null;
}

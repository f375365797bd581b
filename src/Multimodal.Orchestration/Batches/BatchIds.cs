using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Orchestration.Batches;

/// <summary>
/// The ids of batches, and of their jobs: <c>{batchId}.{name}</c>. A batch's id holds no dot, so that no two batches can mean one job.
/// </summary>
public static partial class BatchIds
{
    /// <summary>What a batch's id is, for people.</summary>
    public const string Rule = "1 to 32 letters, digits, '_' or '-', beginning with a letter or digit";

    private const int LongestJobId = 64;
    private const int HashLength = 16;
    private const string RecordEnding = ".json";

    /// <summary>Whether a text is the id of a batch.</summary>
    public static bool IsValid([NotNullWhen(true)] string? id) => id is not null && Pattern().IsMatch(id);

    /// <summary>
    /// The job of a blob or folder. A name that can stand in a job's id does; of another, a part and a hash of the whole.
    /// </summary>
    /// <param name="batch">The batch.</param>
    /// <param name="name">The name of the blob or folder, without the folders of the batch's prefix.</param>
    public static JobId JobOf(string batch, string name)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(name);
        var room = LongestJobId - batch.Length - 1;
        if (name.Length > 0 && name.Length <= room && Plain().IsMatch(name) && !Hashed().IsMatch(name))
        {
            return JobId.Parse($"{batch}.{name}");
        }

        var kept = new string([.. name.Take(room - HashLength - 1).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')]);
        return JobId.Parse($"{batch}.{kept}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength]}");
    }

    /// <summary>What the ids of a batch's jobs begin with.</summary>
    internal static string PrefixOf(string batch) => $"{batch}.";

    /// <summary>Where a batch's record lies.</summary>
    internal static BlobPath RecordOf(string batch) => new(Containers.Batches, batch + RecordEnding);

    /// <summary>The batch of a record; null where the blob is none.</summary>
    internal static string? FindBatch(BlobPath record) =>
        record.Name.EndsWith(RecordEnding, StringComparison.Ordinal) && record.Name[..^RecordEnding.Length] is var id && IsValid(id) ? id : null;

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"-[0-9a-f]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hashed();
}

using System.Security.Cryptography;
using System.Text;

namespace Multimodal.Local.Evaluation.Data;

/// <summary>Reads the test splits: MNIST's pictures, FSDD's recordings, and texts.</summary>
internal static class EvaluationDataReader
{
    /// <summary>Reads all.</summary>
    /// <param name="folder">With <c>mnist/</c> and <c>fsdd/</c> in it.</param>
    /// <param name="texts">A JSON Lines file.</param>
    /// <param name="labels">The labels that texts may have.</param>
    /// <exception cref="UsageException">Something is missing or malformed; the message names it and what to do.</exception>
    public static EvaluationData Read(string folder, string texts, IReadOnlyCollection<string> labels)
    {
        var mnist = MnistFolder.Read(Path.Combine(folder, "mnist"));
        var recordings = FsddFolder.Read(Path.Combine(folder, "fsdd"));
        return new EvaluationData
        {
            FittingPictures = mnist.FittingPictures,
            Pictures = mnist.TestPictures,
            Recordings = recordings,
            Texts = LabelledTextFile.Read(texts, labels),
            Digests = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["images"] = mnist.ImagesDigest,
                ["labels"] = mnist.LabelsDigest,
                ["recordings"] = DigestOf(recordings),
                ["texts"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(texts))),
            },
        };
    }

    /// <summary>Of each recording's name, a zero byte and its file, one after the other in the order of the names.</summary>
    private static string DigestOf(IReadOnlyList<LabelledRecording> recordings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var recording in recordings)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(recording.Name + "\0"));
            hash.AppendData(recording.File);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}

using System.IO.Compression;
using Multimodal.Local.Evaluation.Data;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class DataFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    [Fact]
    public void ReadFsdd_AllKindsOfFiles_TakesTheTestSplitInOrder()
    {
        foreach (var name in new[] { "7_theo_4.wav", "1_ann_0.wav", "1_ann_5.wav", "1_ann_40.wav", "10_ann_1.wav", "x_ann_1.wav", "1_ann_-1.wav", "1_ann_1.txt" })
        {
            File.WriteAllBytes(Path.Combine(_folder, name), [1]);
        }

        var recordings = FsddFolder.Read(_folder);

        Assert.Equal([("1_ann_0.wav", "1"), ("7_theo_4.wav", "7")], recordings.Select(recording => (recording.Name, recording.Label)));
    }

    [Fact]
    public void ReadFsdd_NoRecordings_NamesTheFolder() =>
        Assert.Contains(_folder, Assert.Throws<UsageException>(() => FsddFolder.Read(_folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadMnist_NoFiles_NamesTheFile() =>
        Assert.Contains("t10k-images", Assert.Throws<UsageException>(() => MnistFolder.Read(_folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void ReadIdx_WellFormed_GivesExtentsAndValues()
    {
        var file = IdxFile.Read(Write([0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]), "");

        Assert.Equal([2, 3], file.Extents);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Values);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 0, 9, 1, 0, 0, 0, 1, 1 })]
    [InlineData(new byte[] { 0, 0, 8, 2, 0, 0, 0, 1, 1 })]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 2, 1 })]
    public void ReadIdx_Malformed_NamesTheFile(byte[] content)
    {
        var path = Write(content);

        Assert.Contains(path, Assert.Throws<UsageException>(() => IdxFile.Read(path, "")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadIdx_NotGzipped_NamesTheFile()
    {
        var path = Path.Combine(_folder, "plain.gz");
        File.WriteAllBytes(path, [0, 0, 8, 1, 0, 0, 0, 1, 1]);

        Assert.Contains(path, Assert.Throws<UsageException>(() => IdxFile.Read(path, "")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(byte[] content)
    {
        var path = Path.Combine(_folder, "array.gz");
        using var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        stream.Write(content);
        return path;
    }
}

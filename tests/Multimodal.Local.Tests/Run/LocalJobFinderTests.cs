using Multimodal.Local.Run;

namespace Multimodal.Local.Tests.Run;

public sealed class LocalJobFinderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("multimodal-test-");

    [Fact]
    public void Find_FolderOfFiles_IsOneJob()
    {
        Touch("photo.png", "note.txt", "job.json", ".DS_Store");

        var job = Assert.Single(new LocalJobFinder().Find([_folder.FullName]));

        Assert.Equal(["note.txt", "photo.png"], job.Files.Select(file => file.Name));
        Assert.Equal("job.json", job.Manifest!.Name);
    }

    [Fact]
    public void Find_FolderOfFolders_IsManyJobsAndSaysWhatItPassesOver()
    {
        Touch("b/x.txt", "a/x.txt", "a/deeper/y.txt", "README.md");
        var finder = new LocalJobFinder();

        var jobs = finder.Find([_folder.FullName]);

        Assert.Equal(["a", "b"], jobs.Select(job => job.Id.Value));
        Assert.Equal(2, finder.Warnings.Count);
    }

    [Fact]
    public void Find_File_IsAJobOfItsOwn()
    {
        Touch("photo of a door.png");

        var job = Assert.Single(new LocalJobFinder().Find([Path.Combine(_folder.FullName, "photo of a door.png")]));

        Assert.Equal("photo-of-a-door", job.Id.Value);
    }

    [Fact]
    public void Find_EmptyFolder_IsAJobWithoutInputs() =>
        Assert.Empty(Assert.Single(new LocalJobFinder().Find([_folder.FullName])).Files);

    [Fact]
    public void Find_SameNameTwice_GetsIdsOfTheirOwn()
    {
        Touch("one/same/x.txt", "two/same/x.txt");

        var jobs = new LocalJobFinder().Find([Path.Combine(_folder.FullName, "one"), Path.Combine(_folder.FullName, "two")]);

        Assert.Equal(["same", "same-2"], jobs.Select(job => job.Id.Value));
    }

    [Theory]
    [InlineData("ünï çödé", "n----d-")]
    [InlineData("__x", "x")]
    [InlineData("---", "job")]
    public void Find_OddName_BecomesAJobId(string name, string id)
    {
        Touch($"{name}/x.txt");

        Assert.Equal(id, Assert.Single(new LocalJobFinder().Find([_folder.FullName])).Id.Value);
    }

    [Fact]
    public void Find_NothingThere_Throws() =>
        Assert.Throws<UsageException>(() => new LocalJobFinder().Find([Path.Combine(_folder.FullName, "absent")]));

    public void Dispose() => _folder.Delete(recursive: true);

    private void Touch(params string[] files)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "x");
        }
    }
}

using Multimodal.Local.Fit.Data;

namespace Multimodal.Local.Tests.Fit;

public sealed class LabelledFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    [Fact]
    public void Read_FoldersByLabel_JobsAreFoldersOrFiles()
    {
        Write("cat/1/a.txt");
        Write("cat/1/b.png");
        Write("cat/1/job.json");
        Write("cat/.DS_Store");
        Write("dog/2.txt");

        var jobs = LabelledFolder.Read(_folder, null);

        Assert.Equal(["cat/1 cat a.txt b.png", "dog/2.txt dog 2.txt"], jobs.Select(job => $"{job.Name} {job.Label} {string.Join(' ', job.Files.Select(file => file.Name))}"));
    }

    [Fact]
    public void Read_Csv_QuotesAndGroupsAreRead()
    {
        Write("a/x.txt");
        Write("b, c.txt");
        Write("labels.csv", "label,job,group\r\n\"says \"\"yes\"\"\",a,ann\r\nno,\"b, c.txt\",\r\n\r\n");

        var jobs = LabelledFolder.Read(_folder, null);

        Assert.Equal([("a", "says \"yes\"", "ann"), ("b, c.txt", "no", null)], jobs.Select(job => (job.Name, job.Label, job.Group)));
    }

    [Fact]
    public void Read_JsonLinesElsewhere_AreRead()
    {
        Write("a/x.txt");
        var labels = Path.Combine(_folder, "other.jsonl");
        File.WriteAllText(labels, """{"job": "a", "label": "yes", "group": "g"}""");

        Assert.Equal(("yes", "g"), Assert.Single(LabelledFolder.Read(_folder, labels).Select(job => (job.Label, job.Group))));
    }

    [Theory]
    [InlineData("job,label\n../x,yes\n", "outside")]
    [InlineData("job,label\nmissing,yes\n", "does not hold")]
    [InlineData("job,label\na,yes\na,no\n", "twice")]
    [InlineData("job,label\na\n", "line 2")]
    [InlineData("job,label\na,\"yes\n", "not closed")]
    [InlineData("name,class\na,yes\n", "columns")]
    [InlineData("job,label\na, \n", "blank")]
    [InlineData("job,label\n", "no labels")]
    public void Read_FaultyCsv_SaysWhat(string csv, string message)
    {
        Write("a/x.txt");
        Write("labels.csv", csv);

        Assert.Contains(message, Assert.Throws<UsageException>(() => LabelledFolder.Read(_folder, null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"job": "a"}""")]
    [InlineData("""{"job": "a", "label": "b", "other": 1}""")]
    [InlineData("null")]
    public void Read_FaultyLine_NamesIt(string line)
    {
        Write("a/x.txt");
        Write("labels.jsonl", $"{{\"job\": \"a\", \"label\": \"b\"}}\n{line}\n");

        Assert.Contains("line 2", Assert.Throws<UsageException>(() => LabelledFolder.Read(_folder, null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NothingThere_SaysHowToLayJobs() =>
        Assert.Contains("LABEL/JOB", Assert.Throws<UsageException>(() => LabelledFolder.Read(_folder, null)).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string file, string content = "x")
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}

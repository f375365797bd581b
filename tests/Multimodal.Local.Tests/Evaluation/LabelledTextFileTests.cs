using Multimodal.Local.Evaluation.Data;

namespace Multimodal.Local.Tests.Evaluation;

public sealed class LabelledTextFileTests : IDisposable
{
    private static readonly string[] Labels = ["0", "1", "7"];
    private readonly string _folder = Directory.CreateTempSubdirectory("multimodal-test-").FullName;

    [Fact]
    public void Read_TextsAndNumbersAsLabels_ReadsBoth()
    {
        var texts = Read("""
            {"text": "sept pommes", "label": "7", "language": "fr"}

            {"label": 1, "text": "one", "note": "ignored"}
            """);

        Assert.Equal(
            [new LabelledText { Text = "sept pommes", Label = "7", Language = "fr" }, new LabelledText { Text = "one", Label = "1" }],
            texts);
    }

    [Theory]
    [InlineData("{\"text\": \"seven\"}")]
    [InlineData("{\"text\": \"seven\", \"label\": \"8\"}")]
    [InlineData("{\"text\": null, \"label\": \"7\"}")]
    [InlineData("{\"text\": \"seven\", \"label\": 7.5}")]
    [InlineData("{\"text\": \"seven\", \"label\": \"7\"")]
    [InlineData("null")]
    [InlineData("seven")]
    public void Read_MalformedLine_NamesTheLine(string line)
    {
        var error = Assert.Throws<UsageException>(() => Read("{\"text\": \"one\", \"label\": \"1\"}\n\n" + line + "\n"));

        Assert.Contains("texts.jsonl, line 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoTexts_IsRefused() => Assert.Throws<UsageException>(() => Read("\n\n"));

    [Fact]
    public void Read_NoFile_NamesIt()
    {
        var error = Assert.Throws<UsageException>(() => LabelledTextFile.Read(Path.Combine(_folder, "absent.jsonl"), Labels));

        Assert.Contains("absent.jsonl", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IReadOnlyList<LabelledText> Read(string content)
    {
        var path = Path.Combine(_folder, "texts.jsonl");
        File.WriteAllText(path, content);
        return LabelledTextFile.Read(path, Labels);
    }
}

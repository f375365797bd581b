using CsCheck;
using Multimodal.Orchestration.Batches;

namespace Multimodal.Orchestration.Tests.Batches;

public sealed class BatchIdsTests
{
    private const string Longest = "a-batch-whose-id-is-of-32-chars_";

    [Theory]
    [InlineData("b1", "job-7", "b1.job-7")]
    [InlineData("b1", "0001.txt", "b1.0001.txt")]
    [InlineData("b1", "Ab_c.d-e", "b1.Ab_c.d-e")]
    public void JobOf_PlainName_IsReadable(string batch, string name, string job) => Assert.Equal(job, BatchIds.JobOf(batch, name).Value);

    [Theory]
    [InlineData("ünï cödé")]
    [InlineData("2026/05/01/photo 1.jpg")]
    [InlineData("a-0123456789abcdef")]
    [InlineData("a name that is a good deal longer than what has room in the id of a job")]
    public void JobOf_AnyOtherName_IsAJobIdOfItsOwn(string name)
    {
        var job = BatchIds.JobOf(Longest, name);

        Assert.Equal(job, BatchIds.JobOf(Longest, name));
        Assert.NotEqual(job, BatchIds.JobOf(Longest, name + "x"));
    }

    [Fact]
    public void JobOf_ManyNames_AreManyJobs() =>
        Gen.Select(Gen.String[Gen.Char[(char)32, (char)126], 1, 60], Gen.String[Gen.Char[(char)32, (char)126], 1, 60]).Sample((a, b) => Assert.Equal(a == b, BatchIds.JobOf("b", a) == BatchIds.JobOf("b", b)));

    [Theory]
    [InlineData("a", true)]
    [InlineData("2026-11-26_x", true)]
    [InlineData("a.b", false)]
    [InlineData("", false)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    [InlineData("a\n", false)]
    [InlineData("123456789012345678901234567890123", false)]
    [InlineData(null, false)]
    public void IsValid_Id_IsTold(string? id, bool valid) => Assert.Equal(valid, BatchIds.IsValid(id));
}

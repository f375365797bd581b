using System.Text.Json;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tests.Jobs;

public sealed class JobIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("7")]
    [InlineData("Job-1.2_3")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public void Parse_ValidId_IsKept(string text) => Assert.Equal(text, JobId.Parse(text).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("-a")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("ä")]
    [InlineData("..")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public void Parse_AnythingElse_Throws(string? text)
    {
        Assert.Throws<FormatException>(() => JobId.Parse(text));
        Assert.False(JobId.TryParse(text, out _));
    }

    [Fact]
    public void Json_Id_IsAString()
    {
        var json = JsonSerializer.Serialize(JobId.Parse("a-job"));

        Assert.Equal("\"a-job\"", json);
        Assert.Equal(JobId.Parse("a-job"), JsonSerializer.Deserialize<JobId>(json));
    }

    [Theory]
    [InlineData("\"../x\"")]
    [InlineData("7")]
    [InlineData("null")]
    public void Json_AnythingElse_Throws(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<JobId>(json));

    [Fact]
    public void Value_NeverSet_Throws() => Assert.Throws<InvalidOperationException>(() => default(JobId).Value);
}

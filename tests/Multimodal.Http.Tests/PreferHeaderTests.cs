using Microsoft.Extensions.Primitives;
using Multimodal.Http.Submission;

namespace Multimodal.Http.Tests;

public sealed class PreferHeaderTests
{
    [Theory]
    [InlineData("wait=10", 10)]
    [InlineData("respond-async, wait=10", 10)]
    [InlineData("WAIT = \"10\"; strict", 10)]
    [InlineData("wait=0", 0)]
    [InlineData("wait=61", 60)]
    [InlineData("wait=99999999999999", 60)]
    [InlineData("wait=-1", null)]
    [InlineData("wait=1.5", null)]
    [InlineData("waits=10", null)]
    [InlineData("return=minimal", null)]
    [InlineData("", null)]
    public void FindWait_Header_GivesSeconds(string header, int? expected) =>
        Assert.Equal(expected, PreferHeader.FindWait(header, maximum: 60));

    [Fact]
    public void FindWait_SeveralHeaders_TakesTheFirstSoundOne() =>
        Assert.Equal(7, PreferHeader.FindWait(new StringValues(["wait=x", "wait=7"]), maximum: 60));
}

using CsCheck;
using Multimodal.Pipeline.Jobs;

namespace Multimodal.Pipeline.Tests.Jobs;

public sealed class InputNameTests
{
    [Theory]
    [InlineData("photo.png")]
    [InlineData("Notiz für später (2).txt")]
    [InlineData("数字.wav")]
    [InlineData("emoji 🎉.txt")]
    public void FindFault_GoodName_IsNull(string name)
    {
        Assert.Null(InputName.FindFault(name));
        Assert.Equal(name, InputName.Clean(name));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("job.json")]
    public void FindFault_BadName_SaysWhy(string name) => Assert.NotNull(InputName.FindFault(name));

    [Fact]
    public void FindFault_LoneSurrogate_SaysWhy() => Assert.NotNull(InputName.FindFault("a\ud800b"));

    [Fact]
    public void FindFault_LongName_SaysWhy() => Assert.NotNull(InputName.FindFault(new string('a', InputName.MaximumLength + 1)));

    [Fact]
    public void Clean_AnyName_IsGoodAndKeepsNamesApart() =>
        Gen.Select(Gen.String[0, 300], Gen.String[0, 300]).Sample((one, other) =>
        {
            Assert.Null(InputName.FindFault(InputName.Clean(one)));
            Assert.Equal(one == other, InputName.Clean(one) == InputName.Clean(other));
        });
}

using System.Globalization;
using Multimodal.Local.Commands;

namespace Multimodal.Local.Tests.Commands;

public sealed class EvalCommandTests
{
    [Theory]
    [InlineData("digits")]
    [InlineData("--data x")]
    [InlineData("digits --data x --level 2.1")]
    [InlineData("digits --data x --level -0.1")]
    [InlineData("digits --data x --level NaN")]
    [InlineData("digits --data x --level high")]
    [InlineData("digits --data x --seed 1.5")]
    [InlineData("digits --data x --seed")]
    [InlineData("digits --data x --resamples 0")]
    [InlineData("digits --data x --unknown")]
    public void Parse_WrongUsage_IsRefused(string arguments) => Assert.NotEmpty(EvalCommand.Create().Parse(arguments).Errors);

    [Fact]
    public void Parse_AnyCulture_ReadsNumbersAlike()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");

            var parsed = EvalCommand.Create().Parse("digits --data x --level 0.5 --seed -7");

            Assert.Empty(parsed.Errors);
            Assert.Equal(0.5, parsed.GetValue<double>("--level"));
            Assert.Equal(-7, parsed.GetValue<long>("--seed"));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Parse_OnlyWhatIsRequired_TakesTheDefaults()
    {
        var parsed = EvalCommand.Create().Parse("digits --data x");

        Assert.Empty(parsed.Errors);
        Assert.Equal(1, parsed.GetValue<double>("--level"));
        Assert.Equal(0, parsed.GetValue<long>("--seed"));
        Assert.Equal(1000, parsed.GetValue<int>("--resamples"));
    }
}

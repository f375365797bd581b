using Multimodal.Infra.Tests.Templates;

namespace Multimodal.Infra.Tests.Settings;

/// <summary>The variables that the compiled templates pass are those that their text was read for.</summary>
public sealed class VariableTests
{
    [Theory]
    [InlineData("jobs.bicep", "both", "jobs")]
    [InlineData("encoders.bicep", "both", "encoders.gpu")]
    public async Task Variables_AreTheFixedOnes_TheChosenOnes_AndWhatIsLeftOut(string template, params string[] groups)
    {
        var variables = (await Deployment.AppAsync(template)).Variables();

        var expected = TemplateSettings.Fixed.Concat(groups.SelectMany(group => TemplateSettings.Chosen[group].Keys));
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            variables.Keys.Where(name => !name.EndsWith("_Disabled", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(groups, group => Assert.All(TemplateSettings.Chosen[group], chosen => Assert.Equal(chosen.Value, variables[chosen.Key])));
    }
}

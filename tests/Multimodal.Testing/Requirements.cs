namespace Multimodal.Testing;

/// <summary>
/// What a test needs beyond the SDK. Where it is absent the test skips with a reason, unless the variable
/// <c>MULTIMODAL_REQUIRE</c> (a list such as <c>azurite,browser,ffmpeg,data</c>) names it: then it fails.
/// </summary>
public static class Requirements
{
    /// <summary>The variable that turns skips into failures.</summary>
    public const string Variable = "MULTIMODAL_REQUIRE";

    /// <summary>Skips or fails the running test where something it needs is absent.</summary>
    public static void Need(string name, bool present, string howToGetIt)
    {
        if (present)
        {
            return;
        }

        var required = (Environment.GetEnvironmentVariable(Variable) ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (required.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            Assert.Fail($"{Variable} asks for '{name}', which is absent: {howToGetIt}");
        }

        Assert.Skip($"'{name}' is absent: {howToGetIt}");
    }
}

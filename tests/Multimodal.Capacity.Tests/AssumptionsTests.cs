using Multimodal.Capacity.Inputs;
using Multimodal.Pipeline.Models;
using Multimodal.Testing;

namespace Multimodal.Capacity.Tests;

public sealed class AssumptionsTests
{
    public static TheoryData<string> Names => [.. CapacityFiles.Assumed.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_EachNumber_IsUsed(string name)
    {
        // Names of hardware are put together: t4.cores is "{name}.cores" there.
        var generic = name.Replace("t4", "{name}", StringComparison.Ordinal).Replace("a100", "{name}", StringComparison.Ordinal);
        var code = Directory.EnumerateFiles(Path.Combine(TestPaths.Repository, "tests", "Multimodal.Capacity"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText);

        Assert.Contains(code, text =>
            text.Contains($"\"{name}\"", StringComparison.Ordinal)
            || text.Contains($"\"{generic}\"", StringComparison.Ordinal)
            || text.Contains($"\"{generic.Replace("{name}", "{hardware.Name}", StringComparison.Ordinal)}\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{ "a": { "value": 1, "unit": "s" } }""", "neither a source nor a reason")]
    [InlineData("""{ "a": { "value": 1, "unit": "", "assumed": "because" } }""", "no unit")]
    [InlineData("""{ "a": { "value": -1, "unit": "s", "assumed": "because" } }""", "0 or more")]
    [InlineData("""{ "a": { "value": 1, "unit": "s", "source": "a page" } }""", "when its source was read")]
    [InlineData("""{ "a": 1 }""", "cannot be read")]
    [InlineData("no json", "cannot be read")]
    public void Read_UnfitFile_SaysWhatIsWrong(string json, string fault)
    {
        using var file = new TemporaryFile(json);

        Assert.Contains(fault, Assert.Throws<PipelineException>(() => Assumptions.Read(file.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Item_UnknownName_SaysWhatToDo() =>
        Assert.Contains("Add it", Assert.Throws<PipelineException>(() => CapacityFiles.Assumed["nothing"]).Message, StringComparison.Ordinal);
}

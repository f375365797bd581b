using System.Text.RegularExpressions;
using Multimodal.Testing;

namespace Multimodal.Architecture.Tests;

/// <summary>SECURITY.md names a test for every threat: each exists, so that no promise outlives what holds it.</summary>
public sealed partial class SecurityDocumentTests
{
    private static readonly string[] Rows =
    [
        .. File.ReadLines(Path.Combine(TestPaths.Repository, "SECURITY.md"))
            .SkipWhile(line => line != "## Threats, guards and tests")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|') && !line.StartsWith("| threat", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal)),
    ];

    [Fact]
    public void Threats_AllHaveAGuardAndATest()
    {
        Assert.True(Rows.Length >= 25, $"{Rows.Length} threats are found");
        Assert.All(Rows, row =>
        {
            var cells = row.Trim('|').Split('|');
            Assert.Equal(3, cells.Length);
            Assert.NotEmpty(TestName().Matches(cells[2]));
            Assert.False(string.IsNullOrWhiteSpace(cells[1]), row);
        });
    }

    [Fact]
    public void Tests_ThatAreNamed_Exist()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(TestPaths.Repository, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

        var missing = Rows.SelectMany(row => TestName().Matches(row.Trim('|').Split('|')[2]))
            .Where(name => !sources[name.Groups["class"].Value].Any(source => Has(source, name.Groups["method"].Value)))
            .Select(name => name.Value)
            .ToArray();

        Assert.True(missing.Length == 0, $"SECURITY.md names tests that are not there: {string.Join(", ", missing)}");
    }

    // A method that is marked as a test; a class alone stands for all of its tests.
    private static bool Has(string source, string method) =>
        method.Length == 0 || Regex.IsMatch(source, $@"\[(Fact|Theory)[^\0]*?public (async Task|Task|void) {Regex.Escape(method)}\(");

    [GeneratedRegex(@"`(?<class>[A-Z]\w*Tests)(\.(?<method>\w+))?`")]
    private static partial Regex TestName();
}

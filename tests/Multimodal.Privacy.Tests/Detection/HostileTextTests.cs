using System.Diagnostics;
using Multimodal.Pipeline.Privacy;
using Multimodal.Privacy.Settings;

namespace Multimodal.Privacy.Tests.Detection;

/// <summary>No text takes much longer for its length than others do.</summary>
public sealed class HostileTextTests(ITestOutputHelper output)
{
    private const int Characters = 1 << 16;

    public static TheoryData<string> Patterns =>
    [
        "1", "1 ", "1234567 ", "+1", "(", "(1)", "1-", "1.", "255.", "12.3456, ", "a", "a@", "@", "a.", "a(at)", "(at)", "eyJ", "eyJa.", ".eyJ", "http://", "http://a:b@c/", "?token=a1b2c3&", "%40", ":", "1:", "a::",
        "DE89", "GB82 WEST ", "N 1.2 E ", "1°", "lat", "lat 1.5 lon", "geo:1.2,", "\u200b1", "٤", "😀", "\"", "00", "00 4",
    ];

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Apply_OnePatternOverAndOver_TakesNoTime(string pattern)
    {
        var mask = Masks.Create(new MaskingOptions { Regions = ["US", "DE"] });
        mask.Apply("+44 7911 123456");
        var text = string.Concat(Enumerable.Repeat(pattern, Characters / pattern.Length));

        var begun = Stopwatch.GetTimestamp();
        mask.Apply(text);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;

        output.WriteLine($"{pattern}: {seconds:0.00} s");
        // A quarter of a second at the most where nothing else is done; where all tests run at once everything takes long.
        Assert.InRange(seconds, 0, 10);
    }
}

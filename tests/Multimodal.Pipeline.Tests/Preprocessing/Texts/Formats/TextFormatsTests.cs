using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing.Texts.Formats;

namespace Multimodal.Pipeline.Tests.Preprocessing.Texts.Formats;

public sealed class TextFormatsTests
{
    private const string Srt = "1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>The old</i> fisherman\r\n{\\an8}repairs 3 nets\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nat 7 < 8 o'clock.\r\n";

    private const string Vtt = """
        WEBVTT - harbour
        Kind: captions

        NOTE not to be read

        STYLE
        ::cue { color: red }

        intro
        00:01.000 --> 00:02.000 align:start
        <v Anna>Fish &amp; bread</v>
        <00:01.500><c.loud>for you</c>

        01:00:03.000 --> 01:00:04.000
        And 12
        """;

    [Fact]
    public void Extract_SubRip_GivesTheLinesOfTheCues() =>
        Assert.Equal("The old fisherman\nrepairs 3 nets\nat 7 < 8 o'clock.", Extract(Srt, TextFormat.Subtitles));

    [Fact]
    public void Extract_SubRipWithoutEmptyLines_DropsTheNumbers() =>
        Assert.Equal(
            "one\ntwo", Extract("1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:03,000 --> 00:00:04,000\ntwo", TextFormat.Subtitles));

    [Fact]
    public void Extract_WebVtt_GivesTheLinesOfTheCues() => Assert.Equal("Fish & bread\nfor you\nAnd 12", Extract(Vtt, TextFormat.Subtitles));

    [Fact]
    public void Extract_SubtitlesWithoutCues_IsCorrupt() => Assert.Equal(InputErrorCodes.Corrupt, Refuse("no times here", TextFormat.Subtitles));

    [Theory]
    [InlineData("<p>The <b>old</b>\n  fisherman</p><p>mends&nbsp;nets &lt;3</p>", "The old fisherman\nmends\u00A0nets <3")]
    [InlineData("a<script>if (x < 1) { '</p>' }</script>b<style>p > a {}</style>c<!-- d -->e", "abce")]
    [InlineData("<title>T</title><h1>One</h1>two<br>three<ul><li>four<li>five</ul>", "One\ntwo\nthree\nfour\nfive")]
    [InlineData("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc")]
    [InlineData("<div hidden>no <div>never</div> no</div>yes", "yes")]
    [InlineData("<p hidden>no <b>no</b><p>yes", "yes")]
    [InlineData("<ul><li hidden>no</ul>yes", "yes")]
    [InlineData("<span style='color: red; DISPLAY : none'>no</span><span aria-hidden=true>no</span><i style='color:red'>yes</i>", "yes")]
    [InlineData("<pre>a\n  b</pre>c", "a\n  b\nc")]
    [InlineData("x &notit; &#x1F3B2; &#150; &bogus; AT&T", "x ¬it; 🎲 – &bogus; AT&T")]
    [InlineData("<svg><text>no</text></svg><img hidden>yes", "yes")]
    [InlineData("unclosed <b", "unclosed")]
    public void Extract_Html_GivesWhatIsShown(string html, string expected) => Assert.Equal(expected, Extract(html, TextFormat.Html));

    [Fact]
    public void Extract_Markdown_GivesTheText()
    {
        var text = Extract("---\ntitle: x\n---\n# The *old* lighthouse\n\n- one\n- [two](http://a.example)\n\n`code` & **more**\n", TextFormat.Markdown);

        Assert.Equal("The old lighthouse\none\ntwo\ncode & more", text);
    }

    [Theory]
    [InlineData("""{"a":"one","b":{"a":"two","c":[1,"three",null]}}""", null, "one\ntwo\nthree")]
    [InlineData("""{"a":"one","b":{"a":"two"}}""", "a", "one")]
    [InlineData("""{"a":"one","b":{"a":"two"}}""", "b.a", "two")]
    [InlineData("""[{"a":"one","x":"no"},{"a":["two","three"]}]""", "a", "one\ntwo\nthree")]
    [InlineData("{\"a\":\"one\"}\n{\"a\":\"two\"}\n", "a", "one\ntwo")]
    [InlineData("\"one\"", null, "one")]
    [InlineData("""{"b":{"a":"no"},"a":"yes"}""", "a", "yes")]
    public void Extract_Json_GivesTheStrings(string json, string? field, string expected) =>
        Assert.Equal(expected, TextFormats.Extract(json, TextFormat.Json, field is null ? null : [field], "a.json").Text);

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("nothing")]
    public void Extract_JsonMalformed_IsCorrupt(string json) => Assert.Equal(InputErrorCodes.Corrupt, Refuse(json, TextFormat.Json));

    [Theory]
    [InlineData("seven", TextFormat.Plain)]
    [InlineData("[sic] they wrote", TextFormat.Plain)]
    [InlineData("{not json}", TextFormat.Plain)]
    [InlineData("# A heading?", TextFormat.Plain)]
    [InlineData("12\nmonkeys", TextFormat.Plain)]
    [InlineData("I <html> you", TextFormat.Plain)]
    [InlineData("{\"a\":\"b\"}", TextFormat.Json)]
    [InlineData(" <!-- x --> <!DOCTYPE html><p>a", TextFormat.Html)]
    [InlineData("<html lang=en>a", TextFormat.Html)]
    [InlineData(Srt, TextFormat.Subtitles)]
    [InlineData("00:00:01,000 --> 00:00:02,500\na", TextFormat.Subtitles)]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\na", TextFormat.Subtitles)]
    [InlineData("WEBVTTs are files", TextFormat.Plain)]
    public void Extract_Auto_TellsTheFormat(string text, TextFormat expected) =>
        Assert.Equal(expected, TextFormats.Extract(text, TextFormat.Auto, null, "a").Format);

    [Fact]
    public void Extract_Plain_ChangesNothing() => Assert.Equal("<p>&amp;", Extract("<p>&amp;", TextFormat.Plain));

    private static string Extract(string text, TextFormat format) => TextFormats.Extract(text, format, null, "a.txt").Text;

    private static string Refuse(string text, TextFormat format)
    {
        var e = Assert.Throws<InputException>(() => Extract(text, format));
        Assert.Contains("a.txt", e.Error.Message, StringComparison.Ordinal);
        return e.Error.Code;
    }
}

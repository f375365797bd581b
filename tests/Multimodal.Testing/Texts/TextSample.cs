using System.Text;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Texts.Formats;

namespace Multimodal.Testing.Texts;

/// <summary>A short valid text file in one of the formats and encodings that are read.</summary>
/// <param name="Name">Tells them apart.</param>
/// <param name="Format">What a preprocessor is told that it is.</param>
/// <param name="Encoding">The name of its encoding; other than UTF-8 it begins with that one's byte order mark, if there is one.</param>
/// <param name="Text">What it says.</param>
public sealed record TextSample(string Name, TextFormat Format, string Encoding, string Text)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TextSample> All { get; } =
    [
        new("utf-8", TextFormat.Plain, "utf-8", "Старый рыбак, naïve café, 日本語 😀 e\u0301."),
        new("utf-16", TextFormat.Auto, "utf-16", "The old fisherman repairs his nets 😀."),
        new("utf-16-big-endian", TextFormat.Auto, "utf-16BE", "The old fisherman repairs his nets 😀."),
        new("utf-32", TextFormat.Auto, "utf-32", "The old fisherman repairs his nets 😀."),
        new("windows-1252", TextFormat.Auto, "windows-1252", "Der alte Leuchtturm steht am Rand der Stadt, grün und müde."),
        new("koi8-r", TextFormat.Plain, "koi8-r", "Старый рыбак чинит свои сети на берегу холодного моря и ждёт."),
        new("shift_jis", TextFormat.Plain, "shift_jis", "古い灯台は港の端に立っています。"),
        new("gb18030", TextFormat.Plain, "gb18030", "老渔夫在海边修补他的网。"),
        new("html", TextFormat.Html, "utf-8", "<!doctype html><title>a</title><p hidden>b<p>c&amp;&#x41;<script>d</script><ul><li>e<li>f</ul><!--g-->"),
        new("json", TextFormat.Json, "utf-8", """[{"caption":"The \u00e9 old\n","x":[1,"y",null]},{"caption":"b"}]"""),
        new(
            "subtitles", TextFormat.Subtitles, "utf-8",
            "WEBVTT\n\n1\n00:01.000 --> 00:02.000\n<v A>one &lt; two</v>\n\n00:03.000 --> 00:04.000\n{\\an8}three"),
        new("markdown", TextFormat.Markdown, "utf-8", "# A *b* [c](d)\n\n- e\n  1. `f`\n\n> g[^1]\n\n|h|i|\n|-|-|\n|j|k|\n\n[^1]: l\n"),
    ];

    /// <summary>The file.</summary>
    public InputContent Content
    {
        get
        {
            var encoder = CodePagesEncodingProvider.Instance.GetEncoding(Encoding) ?? System.Text.Encoding.GetEncoding(Encoding);
            return new InputContent($"{Name}.txt", (byte[])[.. Encoding == "utf-8" ? [] : encoder.GetPreamble(), .. encoder.GetBytes(Text)]);
        }
    }
}

using System.Text;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Multimodal.Pipeline.Preprocessing.Texts.Formats;

/// <summary>
/// What a browser would show of an HTML text: no scripts, styles, titles, comments and hidden elements; blocks are lines, cells are
/// divided by a space.
/// </summary>
/// <remarks>Read token by token, never as a tree: a tree of hostile tags costs time by the square of its depth.</remarks>
internal sealed class HtmlText
{
    private static readonly HashSet<string> Dropped =
    [
        "script", "style", "title", "template", "svg", "iframe", "noembed", "noframes", "object", "audio", "video", "canvas", "datalist", "select",
    ];

    private static readonly HashSet<string> Blocks =
    [
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend",
        "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "textarea",
        "tfoot", "thead", "tr", "ul",
    ];

    private static readonly HashSet<string> Void =
    [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    ];

    /// <summary>Elements whose end tag may be left out: another of the row, or the end of what holds them, ends them.</summary>
    private static readonly string[][] Implied =
    [
        ["li"], ["dt", "dd"], ["p"], ["td", "th"], ["tr"], ["option"],
    ];

    private readonly StringBuilder _words = new();
    private readonly Dictionary<string, int> _openInHidden = [];
    private string? _hidden;
    private int _preformatted;
    private bool _spacePending;

    private HtmlText()
    {
    }

    /// <summary>Whether the text begins as an HTML document does.</summary>
    public static bool IsHtml(string text)
    {
        var start = text.AsSpan().TrimStart();
        while (start.StartsWith("<!--") && start.IndexOf("-->", StringComparison.Ordinal) is var end and > 0)
        {
            start = start[(end + 3)..].TrimStart();
        }

        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) ||
            start.StartsWith("<html>", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html ", StringComparison.OrdinalIgnoreCase);
    }

    public static string Extract(string text)
    {
        var reader = new HtmlText();
        using var source = new TextSource(text);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { SkipComments = true };
        while (tokenizer.Get() is { Type: not HtmlTokenType.EndOfFile } token)
        {
            switch (token.Type)
            {
                case HtmlTokenType.Character:
                    reader.Add(token.Data);
                    break;
                case HtmlTokenType.StartTag:
                    tokenizer.State = ModeIn(token.Name);
                    reader.Open(token.AsTag());
                    break;
                case HtmlTokenType.EndTag:
                    reader.Close(token.Name);
                    break;
                default:
                    break;
            }
        }

        return reader._words.ToString().TrimEnd();
    }

    private static HtmlParseMode ModeIn(string element) => element switch
    {
        "script" => HtmlParseMode.Script,
        "title" or "textarea" => HtmlParseMode.RCData,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    private void Open(HtmlTagToken tag)
    {
        var name = tag.Name;
        if (_hidden is not null)
        {
            if (!(_openInHidden.Count == 0 && IsEndedBy(_hidden, name)))
            {
                if (!Void.Contains(name) && !tag.IsSelfClosing)
                {
                    _openInHidden[name] = _openInHidden.GetValueOrDefault(name) + 1;
                }

                return;
            }

            _hidden = null;
        }

        if (Blocks.Contains(name))
        {
            BreakLine();
        }
        else if (name is "td" or "th")
        {
            _spacePending = true;
        }

        if ((Dropped.Contains(name) || IsHidden(tag)) && !Void.Contains(name) && !tag.IsSelfClosing)
        {
            _hidden = name;
        }
        else if (name is "pre" or "textarea")
        {
            _preformatted++;
        }
    }

    private void Close(string name)
    {
        if (_hidden is not null)
        {
            if (_openInHidden.TryGetValue(name, out var open))
            {
                if (open > 1)
                {
                    _openInHidden[name] = open - 1;
                }
                else
                {
                    _openInHidden.Remove(name);
                }
            }
            else if (name == _hidden || IsImplied(_hidden))
            {
                // Its own end, or that of an element around it.
                _hidden = null;
                _openInHidden.Clear();
                BreakAt(name);
            }

            return;
        }

        if (name is "pre" or "textarea" && _preformatted > 0)
        {
            _preformatted--;
        }

        BreakAt(name);
    }

    private void BreakAt(string name)
    {
        if (Blocks.Contains(name))
        {
            BreakLine();
        }
    }

    private void Add(string text)
    {
        if (_hidden is not null)
        {
            return;
        }

        if (_preformatted > 0)
        {
            FlushSpace();
            _words.Append(text);
            return;
        }

        for (var at = 0; at < text.Length;)
        {
            var rest = text.AsSpan(at);
            var space = rest.IndexOfAny(" \t\n\f\r");
            if (space == 0)
            {
                _spacePending = true;
                at++;
                continue;
            }

            var length = space < 0 ? rest.Length : space;
            FlushSpace();
            _words.Append(rest[..length]);
            at += length;
        }
    }

    private void FlushSpace()
    {
        if (_spacePending && _words.Length > 0 && _words[^1] is not '\n')
        {
            _words.Append(' ');
        }

        _spacePending = false;
    }

    private void BreakLine()
    {
        _spacePending = false;
        if (_words.Length > 0 && _words[^1] != '\n')
        {
            _words.Append('\n');
        }
    }

    private static bool IsHidden(HtmlTagToken tag)
    {
        foreach (var attribute in tag.Attributes)
        {
            switch (attribute.Name)
            {
                case "hidden" when attribute.Value != "until-found":
                case "aria-hidden" when attribute.Value == "true":
                case "style" when HidesByStyle(attribute.Value ?? ""):
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    private static bool HidesByStyle(string style)
    {
        foreach (var declaration in style.Split(';', StringSplitOptions.TrimEntries))
        {
            var colon = declaration.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
            {
                continue;
            }

            var property = declaration.AsSpan(0, colon).TrimEnd();
            var value = declaration.AsSpan(colon + 1).TrimStart();
            if ((property.Equals("display", StringComparison.OrdinalIgnoreCase) && value.StartsWith("none", StringComparison.OrdinalIgnoreCase)) ||
                (property.Equals("visibility", StringComparison.OrdinalIgnoreCase) && value.StartsWith("hidden", StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsImplied(string name) => Array.Exists(Implied, row => row.Contains(name));

    private static bool IsEndedBy(string hidden, string opened) =>
        Array.Exists(Implied, row => row.Contains(hidden) && row.Contains(opened)) || (hidden == "p" && Blocks.Contains(opened) && opened != "br");
}

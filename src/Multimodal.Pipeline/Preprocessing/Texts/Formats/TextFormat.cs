using System.Text.Json.Serialization;

namespace Multimodal.Pipeline.Preprocessing.Texts.Formats;

/// <summary>What a text file holds beside the words that are meant to be read.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TextFormat>))]
public enum TextFormat
{
    /// <summary>The words alone: the whole file is taken as it is.</summary>
    [JsonStringEnumMemberName("plain")]
    Plain,

    /// <summary>HTML, JSON and subtitles are told by their content; what is none of them is plain. Markdown cannot be told from plain text.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>Markdown (CommonMark, with tables and front matter): its text without the marks.</summary>
    [JsonStringEnumMemberName("markdown")]
    Markdown,

    /// <summary>HTML: what a browser would show, block by block.</summary>
    [JsonStringEnumMemberName("html")]
    Html,

    /// <summary>JSON, or a value a line: its strings, or those of named members.</summary>
    [JsonStringEnumMemberName("json")]
    Json,

    /// <summary>SubRip or WebVTT: what is said, without times, numbers and tags.</summary>
    [JsonStringEnumMemberName("subtitles")]
    Subtitles,
}

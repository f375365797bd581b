using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Retrieval.Persistence;
using Multimodal.Pipeline.Storage;

namespace Multimodal.Pipeline.Privacy;

/// <summary>
/// An exception as logs may have it: its type and where it happened, and of its message what cannot hold anything that somebody sent.
/// Messages quote: a decoder a picture's comment, a parser the text, a file system the name of a file.
/// </summary>
public sealed partial class LoggedException : Exception
{
    private readonly string? _stackTrace;

    private LoggedException(Exception fault)
        : base(Describe(fault), fault.InnerException is { } inner ? Of(inner) : null) => _stackTrace = fault.StackTrace;

    /// <inheritdoc/>
    public override string? StackTrace => _stackTrace;

    /// <summary>What logs may have of an exception.</summary>
    public static Exception Of(Exception fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault as LoggedException ?? new LoggedException(fault);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder(Message);
        if (InnerException is { } inner)
        {
            text.AppendLine().Append(" ---> ").Append(inner);
        }

        return _stackTrace is null ? text.ToString() : text.AppendLine().Append(_stackTrace).ToString();
    }

    private static string Describe(Exception fault)
    {
        var type = fault.GetType();
        var words = WordsOf(fault, type);
        return words is null ? $"{type.FullName} (0x{fault.HResult:X8})" : $"{type.FullName}: {words}";
    }

    private static string? WordsOf(Exception fault, Type type) => fault switch
    {
        // They speak of models, keys and of this machine.
        PipelineException or IndexDamagedException or BlobKeyException or EncoderBusyException or SocketException or TimeoutException or OutOfMemoryException =>
            fault.Message,

        // They name files, within quotation marks.
        IOException or UnauthorizedAccessException => Quoted.Replace(fault.Message, "'…'"),

        // The first line says what is wrong; headers and the blob follow.
        _ when type.FullName == "Azure.RequestFailedException" => Quoted.Replace(fault.Message.Split('\n')[0].TrimEnd(), "'…'"),
        _ => null,
    };

    [GeneratedRegex("'.*'|\".*\"", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Quoted { get; }
}

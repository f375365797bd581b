using System.IO.Pipes;

namespace Multimodal.Audio.FFmpeg;

/// <summary>
/// The pipe that ffmpeg writes to. FFMpegCore's own closes it the moment that ffmpeg has ended, whatever lies in it still unread; this one
/// is closed by its reader.
/// </summary>
internal sealed class OutputPipe : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly NamedPipeServerStream _stream;
    private readonly CancellationTokenSource _gone = new();

    public OutputPipe()
    {
        var name = $"multimodal-{Guid.NewGuid():N}"[..27];

        // .NET's pipes are sockets of this name where there are no others.
        Address = OperatingSystem.IsWindows() ? $@"\\.\pipe\{name}" : $"unix:{Path.Combine(Path.GetTempPath(), $"CoreFxPipe_{name}")}";
        _stream = new NamedPipeServerStream(
            name, PipeDirection.In, 1, PipeTransmissionMode.Byte, PipeOptions.Asynchronous | PipeOptions.CurrentUserOnly);
    }

    /// <summary>As ffmpeg takes it.</summary>
    public string Address { get; }

    /// <summary>Waits until ffmpeg has opened the pipe.</summary>
    /// <param name="ended">Completes when ffmpeg has ended.</param>
    /// <returns>What it writes; null where it ended without having opened it.</returns>
    public Stream? Connect(Task ended)
    {
        var connection = _stream.WaitForConnectionAsync(_gone.Token);
        Task.WhenAny(connection, ended).GetAwaiter().GetResult();

        // A short recording may be written and ffmpeg gone before this one looks: then the connection still waits to be taken.
        Task.WhenAny(connection, Task.Delay(Grace)).GetAwaiter().GetResult();
        if (connection.IsCompletedSuccessfully)
        {
            return _stream;
        }

        _gone.Cancel();
        return null;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _gone.Dispose();
    }
}

using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.HuggingFace;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>Where the commands of the model repository show what they found: tables on standard output, progress where a person sees it.</summary>
internal sealed class RepositoryScreen
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private RepositoryScreen(IAnsiConsole results, IAnsiConsole notes) => (Results, Notes) = (results, notes);

    /// <summary>For what was asked for.</summary>
    public IAnsiConsole Results { get; }

    /// <summary>For what happens meanwhile.</summary>
    public IAnsiConsole Notes { get; }

    public static RepositoryScreen Create()
    {
        var results = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            // Spectre takes 80 columns for a pipe, which would break words; a reader of a file has room.
            results.Profile.Width = 160;
        }

        var notes = Console.IsOutputRedirected ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : results;
        if (notes != results && Console.IsErrorRedirected)
        {
            notes.Profile.Width = 4096;
        }

        return new RepositoryScreen(results, notes);
    }

    /// <summary>Does something, with a sign of life where a person watches.</summary>
    public Task<T> WaitAsync<T>(string what, Func<Task<T>> work) => Notes.Profile.Capabilities.Interactive
        ? Notes.Status().StartAsync(what.EscapeMarkup(), _ => Task.Run(work))
        : work();

    /// <summary>Shows a pipeline that was made, and how it was found.</summary>
    public void Show(ImportedPipeline made)
    {
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumns("modality", "model", "takes", "embedding", "preprocessing");
        table.AddColumn(new TableColumn("trial").RightAligned());
        foreach (var encoder in made.Encoders)
        {
            table.AddRow(
                new Text(encoder.Modality.ToName()),
                new Text(encoder.Definition.Model),
                new Text(string.Join('\n', encoder.Signature.Inputs.Select(input => $"{input.Name} {input.Type} {input.ShapeText}"))),
                new Text(Embedding(encoder.Definition)),
                new Text(encoder.Preprocessing),
                new Text(string.Create(Culture, $"{encoder.Milliseconds:0} ms")));
        }

        Results.Write(table);
        Results.MarkupLineInterpolated($"[green]Added[/] [bold]{made.Name}[/]: {made.Files} files, {ByteText.Of(made.Bytes)}, in {made.Folder}");
        Results.MarkupLineInterpolated($"[grey]Try it: multimodal run --pipeline {made.Name} FILE…[/]");
    }

    private static string Embedding(EncoderDefinition encoder)
    {
        var how = encoder.Pooling switch
        {
            Pooling.Mean => ", mean of the positions",
            Pooling.First => ", first position",
            Pooling.Last => ", last position",
            Pooling.SpatialMean => ", mean of the places",
            _ => "",
        };
        return string.Create(Culture, $"{encoder.Output}{how}{(encoder.Normalize ? ", normalised" : "")}\n{encoder.Dimensions} dimensions");
    }
}

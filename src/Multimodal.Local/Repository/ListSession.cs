using System.Globalization;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>One call of <c>multimodal models list</c>.</summary>
internal sealed class ListSession(string models)
{
    /// <returns>One of <see cref="ExitCodes"/>: where a pipeline cannot be used, <see cref="ExitCodes.PipelineUnusable"/>.</returns>
    public int Run()
    {
        var repository = ModelTrustVariables.Open(models);
        var screen = RepositoryScreen.Create();
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumns("name", "version", "modalities", "dimensions", "tasks", "size", "files", "signature", "from");
        var exitCode = ExitCodes.Success;
        foreach (var name in repository.List())
        {
            try
            {
                var folder = repository.Load(name);
                table.AddRow(Cells(folder));
            }
            catch (PipelineException e)
            {
                table.AddRow(new Text(name), new Text("?"), new Text(""), new Text(""), new Text(""), new Text(""), new Text("unusable", new Style(Color.Red)), new Text(""), new Text(""));
                screen.Notes.MarkupLineInterpolated($"[red]{name}:[/] {e.Message}");
                exitCode = ExitCodes.PipelineUnusable;
            }
        }

        if (table.Rows.Count == 0)
        {
            screen.Notes.MarkupLineInterpolated($"{models} holds no pipelines. Add one: multimodal models add DIR");
        }
        else
        {
            screen.Results.Write(table);
        }

        screen.Notes.MarkupLineInterpolated($"[grey]Recipes: {string.Join(", ", RecipeFinder.List(models))}. Make one's pipeline: multimodal models pull NAME[/]");
        return exitCode;
    }

    private static Text[] Cells(ModelFolder folder)
    {
        var definition = folder.Definition;
        var bytes = definition.Files.Keys.Sum(file => new FileInfo(folder.PathOf(file)).Length);
        return
        [
            new Text(definition.Name),
            new Text(definition.Version),
            new Text(string.Join(", ", definition.Encoders.Keys.Order().Select(modality => modality.ToName()))),
            new Text(definition.Encoders.Values.First().Dimensions.ToString(CultureInfo.InvariantCulture)),
            new Text(definition.Tasks.Count == 0 ? "–" : string.Join(", ", definition.Tasks.Select(task => task.Name))),
            new Text(ByteText.Of(bytes)),
            new Text(string.Create(CultureInfo.InvariantCulture, $"{definition.Files.Count} intact"), new Style(Color.Green)),
            SignatureText.Of(SignatureText.Judge(folder)),
            new Text(ProvenanceText.Brief(definition.Provenance)),
        ];
    }
}

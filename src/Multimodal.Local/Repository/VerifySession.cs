using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Models.Parity;
using Multimodal.Pipeline.Models.Signing;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Spectre.Console;

namespace Multimodal.Local.Repository;

/// <summary>One call of <c>multimodal models verify</c>: checks the files and the signature of a pipeline, and computes its references on this machine.</summary>
/// <param name="models">The model repository.</param>
/// <param name="name">The pipeline.</param>
/// <param name="write">Whether its references are made anew of its samples, as this machine computes them.</param>
/// <param name="trustedKeys">The folder of the keys that it must be signed by; null: what the variables say.</param>
internal sealed class VerifySession(string models, string name, bool write, string? trustedKeys = null)
{
    /// <returns>One of <see cref="ExitCodes"/>: where an encoder is not what it was, <see cref="ExitCodes.PipelineUnusable"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var services = RepositoryServices.Compose();
        var repository = new ModelRepository(models);
        if (write)
        {
            using var unverified = Load(services, repository);
            await new ReferenceWriter(unverified, repository).WriteAsync(cancellationToken);
        }

        var trust = trustedKeys is null ? ModelTrustVariables.Read() : ModelTrustVariables.Read(trustedKeys) with { Policy = SignaturePolicy.Require };
        using var pipeline = Load(services, new ModelRepository(models, new ModelTrust(trust)));
        var reports = await EncoderParity.CheckAsync(pipeline, cancellationToken);
        var screen = RepositoryScreen.Create();
        screen.Results.Write(TableOf(pipeline, reports));
        screen.Results.MarkupLineInterpolated($"Files: {pipeline.Definition.Files.Count} intact. Digest: {pipeline.Digest}");
        screen.Results.Write(new Text("Signature: "));
        screen.Results.Write(SignatureText.Of(SignatureText.Judge(pipeline.Folder)));
        screen.Results.WriteLine();
        foreach (var line in ProvenanceText.Lines(pipeline.Folder))
        {
            screen.Results.WriteLine(line);
        }

        if (EncoderParity.Describe(pipeline, reports, services.GetRequiredService<IRuntimeStatus>().ExecutionProviders) is not { } fault)
        {
            return ExitCodes.Success;
        }

        screen.Notes.MarkupLine($"[red]{Markup.Escape(fault)}[/]");
        return ExitCodes.PipelineUnusable;
    }

    private LoadedPipeline Load(ServiceProvider services, ModelRepository repository) =>
        new(repository.Load(name), services.GetRequiredService<PreprocessorFactory>(), services.GetRequiredService<IModelFactory>());

    private static Table TableOf(LoadedPipeline pipeline, IReadOnlyList<ParityReport> reports)
    {
        var table = new Table { Border = TableBorder.Minimal };
        table.AddColumns("encoder", "file", "references", "least cosine");
        foreach (var (modality, encoder) in pipeline.Definition.Encoders.OrderBy(pair => pair.Key))
        {
            var report = reports.FirstOrDefault(report => report.Modality == modality);
            table.AddRow(
                new Text(modality.ToName()),
                new Text($"{encoder.Model}, intact"),
                new Text(report?.Items.ToString(CultureInfo.InvariantCulture) ?? "none"),
                report is null ? new Text("") : new Text(
                    report.LeastCosine.ToString("0.000000", CultureInfo.InvariantCulture), new Style(report.Holds ? Color.Green : Color.Red)));
        }

        return table;
    }
}

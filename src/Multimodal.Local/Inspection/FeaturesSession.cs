using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Multimodal.Local.Repository;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Preprocessing.Views;
using Multimodal.Pipeline.Tensors;
using Spectre.Console;

namespace Multimodal.Local.Inspection;

/// <summary>One call of <c>multimodal features</c>.</summary>
internal sealed class FeaturesSession(FeaturesSettings settings)
{
    /// <returns>One of <see cref="ExitCodes"/>: where a file could not be used, <see cref="ExitCodes.JobFailed"/>; the others are written.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.Files.FirstOrDefault(file => !File.Exists(file)) is { } absent)
        {
            throw new UsageException($"'{absent}' does not exist, or is no file.");
        }

        await using var services = RepositoryServices.Compose();
        using var source = FeatureSource.Open(settings, services.GetRequiredService<PreprocessorFactory>());
        var limits = services.GetRequiredService<InputLimits>();
        var writer = new FeatureWriter(Directory.CreateDirectory(settings.Output).FullName);
        var screen = RepositoryScreen.Create();
        var items = new List<FeatureManifestItem>();
        foreach (var file in settings.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var item = await PrepareAsync(file, source, writer, limits, cancellationToken);
            items.Add(item);
            Show(screen, item);
        }

        writer.WriteManifest(new FeatureManifest { Source = source.Name, Stage = settings.Stage, Items = items });
        screen.Notes.MarkupLineInterpolated($"[grey]Written to {settings.Output}[/]");
        return items.Exists(item => item.Error is not null) ? ExitCodes.JobFailed : ExitCodes.Success;
    }

    private async Task<FeatureManifestItem> PrepareAsync(
        string file, FeatureSource source, FeatureWriter writer, InputLimits limits, CancellationToken cancellationToken)
    {
        Modality? modality = null;
        try
        {
            var content = await ReadAsync(file, limits, cancellationToken);
            var detected = ContentDetector.Detect(content);
            modality = detected.Modality;
            var preprocessor = source.Find(detected.Modality) ?? throw new InputException(
                InputErrorCodes.NoEncoder,
                $"'{content.Name}' is {detected.MediaType}; {source.Name} prepares no {detected.Modality.ToName()} inputs.",
                $"Name a pipeline or configuration for {detected.Modality.ToName()}.");
            return settings.Stage == FeatureStage.Pixels
                ? WritePixels(file, content, preprocessor, writer)
                : WriteFeatures(file, preprocessor.Preprocess(content, detected.MediaType), source, writer);
        }
        catch (InputException e)
        {
            return new FeatureManifestItem { File = file, Modality = modality, Error = e.Error };
        }
    }

    private static async Task<InputContent> ReadAsync(string file, InputLimits limits, CancellationToken cancellationToken)
    {
        var name = Path.GetFileName(file);
        if (new FileInfo(file).Length is var length && length > limits.MaximumBytes)
        {
            throw new InputException(
                InputErrorCodes.TooLarge, $"'{name}' has {length} bytes; at most {limits.MaximumBytes} are read.", "Send a smaller file.");
        }

        return new InputContent(name, await File.ReadAllBytesAsync(file, cancellationToken));
    }

    private static FeatureManifestItem WritePixels(string file, InputContent content, IPreprocessor preprocessor, FeatureWriter writer)
    {
        if (preprocessor is not ImagePreprocessor images)
        {
            throw new InputException(
                InputErrorCodes.Unsupported,
                $"'{content.Name}' has no stage 'pixels': only pictures that an image processor's configuration prepares have.",
                "Leave --stage out.");
        }

        var picture = images.PreprocessPixels(content);
        var tensor = HostTensor.FromBytes(TensorType.UInt8, [picture.Height, picture.Width, picture.Channels], picture.Pixels);
        return new FeatureManifestItem
        {
            File = file,
            Modality = Modality.Image,
            Tensors = writer.Write(file, new Dictionary<string, HostTensor> { ["pixels"] = tensor }, null),
        };
    }

    private static FeatureManifestItem WriteFeatures(string file, Features features, FeatureSource source, FeatureWriter writer)
    {
        var tokens = features.Modality == Modality.Text
            ? FeatureViews.Of(features, source.Settings[Modality.Text], source.Folder).Tokens?.Select(token => token.Text).ToList()
            : null;
        return new FeatureManifestItem
        {
            File = file,
            Modality = features.Modality,
            Windows = features.Windows,
            Tensors = writer.Write(file, features.Tensors, tokens),
        };
    }

    private static void Show(RepositoryScreen screen, FeatureManifestItem item)
    {
        if (item.Error is { } error)
        {
            screen.Notes.MarkupLineInterpolated($"[red]{item.File}:[/] {error.Message} {error.Remedy}");
            return;
        }

        foreach (var tensor in item.Tensors)
        {
            var shape = string.Join(", ", tensor.Shape.Select(extent => extent.ToString(CultureInfo.InvariantCulture)));
            screen.Results.WriteLine($"{item.File}  {tensor.Name} {tensor.Type} [{shape}]  {tensor.File}");
        }
    }
}

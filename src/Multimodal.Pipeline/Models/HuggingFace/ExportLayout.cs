namespace Multimodal.Pipeline.Models.HuggingFace;

/// <summary>
/// The names of the files in a folder that optimum or transformers.js exported: ONNX files in <c>onnx/</c> or at the top, a role and a
/// variant in the name of each; configuration and tokenizer at the top.
/// </summary>
public static class ExportLayout
{
    private const string Folder = "onnx/";
    private const string Ending = ".onnx";
    private const string EncoderOfTwo = "encoder_model";
    private const string Merged = "decoder_model_merged", FirstDecoder = "decoder_model", DecoderWithPast = "decoder_with_past_model";

    private static readonly string[] Towers = ["text_model", "vision_model", "audio_model"];
    private static readonly string[] Encoders = [EncoderOfTwo, "model"];

    private static readonly string[] Configurations =
    [
        FolderFiles.Config, FolderFiles.Preprocessor, FolderFiles.Processor, FolderFiles.Modules, FolderFiles.SentenceLengths,
    ];

    /// <summary>The ONNX files of known roles; where one lies in <c>onnx/</c> and at the top, the former.</summary>
    public static IReadOnlyList<ExportedModel> Find(IEnumerable<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        return
        [
            .. from file in files
               let model = Parse(file)
               where model is not null
               group model by (model.Role, model.Variant) into same
               orderby same.Key.Role, same.Key.Variant
               select same.OrderByDescending(model => model.Path.StartsWith(Folder, StringComparison.Ordinal)).First(),
        ];
    }

    /// <summary>The models that a pipeline is made of: one for each tower, or one encoder.</summary>
    /// <param name="files">Every file of the folder.</param>
    /// <param name="variant">The variant that is wanted; empty for the plain one.</param>
    /// <param name="place">The folder's name, for messages.</param>
    /// <exception cref="PipelineException">There are none, or not in that variant; the message says what there is.</exception>
    public static IReadOnlyList<ExportedModel> Choose(IReadOnlyCollection<string> files, string variant, string place)
    {
        ArgumentNullException.ThrowIfNull(files);
        var found = Find(files);
        var towers = Towers.Where(role => found.Any(model => model.Role == role)).ToList();
        string[] roles = towers.Count > 0 ? [.. towers] : [.. Encoders.Where(role => found.Any(model => model.Role == role)).Take(1)];
        return roles.Length > 0
            ? [.. roles.Select(role => Choose(found, role, variant, place))]
            : throw new PipelineException($"{place} cannot be added: {WhyNone(files)}");
    }

    /// <summary>The model of one role.</summary>
    /// <param name="files">Every file of the folder.</param>
    /// <param name="role">The role.</param>
    /// <param name="variant">The variant that is wanted; empty for the plain one.</param>
    /// <param name="place">The folder's name, for messages.</param>
    /// <exception cref="PipelineException">There is none, or not in that variant.</exception>
    public static ExportedModel ChooseRole(IReadOnlyCollection<string> files, string role, string variant, string place)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(variant);
        var found = Find(files);
        return found.Any(model => model.Role == role)
            ? Choose(found, role, variant, place)
            : throw new PipelineException($"{place} has no {role}.onnx; it has: {string.Join(", ", found.Select(model => model.Path).DefaultIfEmpty("no ONNX files of known roles"))}.");
    }

    /// <summary>Whether models of a role come in twos that share a space.</summary>
    internal static bool IsTower(string role) => Towers.Contains(role);

    /// <summary>The decoder beside an encoder, in the same variant: merged, else a pair, else one that keeps nothing of earlier steps.</summary>
    /// <param name="files">Every file of the folder.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="place">The folder's name, for messages.</param>
    /// <returns>Null where there is none, or the encoder stands alone by its name.</returns>
    /// <exception cref="PipelineException">There are decoders, but none in that variant.</exception>
    public static ExportedDecoder? FindDecoder(IReadOnlyCollection<string> files, ExportedModel encoder, string place)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(encoder);
        if (encoder.Role != EncoderOfTwo)
        {
            return null;
        }

        if (Decoder(Merged) is { } merged)
        {
            return new ExportedDecoder(merged, null);
        }

        return Decoder(FirstDecoder) is { } first ? new ExportedDecoder(first, Decoder(DecoderWithPast))
            : files.Any(file => file.Contains(FirstDecoder, StringComparison.Ordinal) && file.EndsWith(Ending, StringComparison.Ordinal))
                ? throw new PipelineException(
                    $"{place} has no decoder that goes with {encoder.Path}: {Merged}{Suffix()}{Ending}, or {FirstDecoder}{Suffix()}{Ending} with {DecoderWithPast}{Suffix()}{Ending}.")
                : null;

        string Suffix() => encoder.Variant.Length > 0 ? $"_{encoder.Variant}" : "";

        ExportedModel? Decoder(string role) => ((string[])[Folder, ""])
            .Select(folder => $"{folder}{role}{Suffix()}{Ending}")
            .Where(files.Contains)
            .Select(path => new ExportedModel(role, encoder.Variant, path))
            .FirstOrDefault();
    }

    /// <summary>The files that a pipeline of these models needs, as far as their names tell; of data beside a model those of common names.</summary>
    public static IReadOnlyList<string> Needed(IReadOnlyCollection<string> files, IReadOnlyList<ExportedModel> models)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(models);

        // A decoder beside an encoder of recordings writes down what is said in them.
        var isSpeech = files.Contains(FolderFiles.Generation) && (files.Contains(FolderFiles.Preprocessor) || files.Contains(FolderFiles.Processor));
        models = [.. models, .. isSpeech ? models.SelectMany(model => FindDecoder(files, model, "The repository")?.Models ?? []) : []];
        return
        [
            .. files.Where(file =>
                Configurations.Contains(file)
                || (isSpeech && file == FolderFiles.Generation)
                || file == FolderFiles.Pooling
                || models.Any(model => file == model.Path || IsDataOf(file, model.Path))),
            .. FolderFiles.TokenizerFilesOf(files),
        ];
    }

    private static bool IsDataOf(string file, string model) =>
        file.StartsWith(model + "_data", StringComparison.Ordinal) || file.StartsWith(model + ".data", StringComparison.Ordinal);

    private static ExportedModel? Parse(string file)
    {
        var name = file.StartsWith(Folder, StringComparison.Ordinal) ? file[Folder.Length..] : file;
        if (name.Contains('/', StringComparison.Ordinal) || !name.EndsWith(Ending, StringComparison.Ordinal))
        {
            return null;
        }

        name = name[..^Ending.Length];
        var role = Towers.Concat(Encoders).FirstOrDefault(role => name == role || name.StartsWith(role + "_", StringComparison.Ordinal));
        return role is null ? null : new ExportedModel(role, name.Length == role.Length ? "" : name[(role.Length + 1)..], file);
    }

    private static ExportedModel Choose(IReadOnlyList<ExportedModel> found, string role, string variant, string place)
    {
        var own = found.Where(model => model.Role == role).ToList();
        return own.FirstOrDefault(model => string.Equals(model.Variant, variant, StringComparison.OrdinalIgnoreCase))
            ?? throw new PipelineException(
                $"{place} has no {role}{(variant.Length > 0 ? $"_{variant}" : "")}.onnx. " +
                (own.Exists(model => model.Variant.Length == 0)
                    ? $"Leave --variant out, or name one of: {string.Join(", ", own.Select(model => model.Variant).Where(name => name.Length > 0))}."
                    : $"Name one of its variants by --variant: {string.Join(", ", own.Select(model => model.Variant))}."));
    }

    private static string WhyNone(IReadOnlyCollection<string> files)
    {
        var models = files.Where(file => file.EndsWith(Ending, StringComparison.Ordinal)).ToList();
        if (models.Find(file => file.Contains("decoder", StringComparison.Ordinal)) is { } decoder)
        {
            return $"{decoder} is a decoder, and there is no encoder_model.onnx beside it. Export the encoder too.";
        }

        return models.Count > 0
            ? $"{models[0]} is none of text_model.onnx, vision_model.onnx, audio_model.onnx, encoder_model.onnx and model.onnx. Rename it to say what it holds."
            : "it holds no ONNX files, neither in onnx/ nor at the top. Export the model with optimum: optimum-cli export onnx --model NAME DIR.";
    }
}

// Embeds files with a pipeline's encoders, with no host around them, and says how alike they are: Embed MODELS PIPELINE FILE…
using System.Globalization;
using System.Numerics.Tensors;
using Multimodal.Imaging.Vips;
using Multimodal.Onnx;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;

if (args.Length < 3)
{
    Console.Error.WriteLine("Usage: Embed MODELS PIPELINE FILE…");
    return 2;
}

using var pipelines = new PipelineCatalog(
    new ModelRepository(args[0]), new PreprocessorFactory(new VipsImageDecoder(), new InputLimits()), new OnnxModelFactory(new OnnxOptions()));
var pipeline = pipelines.Get(args[1]);

var vectors = await Task.WhenAll(args[2..].Select(async file =>
{
    var content = new InputContent(Path.GetFileName(file), await File.ReadAllBytesAsync(file));
    var kind = ContentDetector.Detect(content);
    var features = pipeline.Preprocessor(kind.Modality).Preprocess(content, kind.MediaType);

    // An IEmbeddingGenerator of Microsoft.Extensions.AI; callers at once share its runs.
    return (await pipeline.Encoder(kind.Modality).GenerateAsync([features]))[0].Vector;
}));

foreach (var (file, vector) in args[2..].Zip(vectors))
{
    var cosines = vectors.Select(other => TensorPrimitives.CosineSimilarity(vector.Span, other.Span).ToString("0.000", CultureInfo.InvariantCulture));
    Console.WriteLine($"{string.Join("  ", cosines)}  {Path.GetFileName(file)}");
}

return 0;

// Writes down what is said in recordings, with no host around the pipeline: Transcribe MODELS PIPELINE FILE…
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Multimodal.Imaging.Vips;
using Multimodal.Onnx;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Speech;

// Microsoft.Extensions.AI marks its interfaces for speech as experimental.
[assembly: Experimental("MEAI001")]

if (args.Length < 3)
{
    Console.Error.WriteLine("Usage: Transcribe MODELS PIPELINE FILE…");
    return 2;
}

using var pipelines = new PipelineCatalog(
    new ModelRepository(args[0]), new PreprocessorFactory(new VipsImageDecoder(), new InputLimits()), new OnnxModelFactory(new OnnxOptions()));

// An ISpeechToTextClient of Microsoft.Extensions.AI: whatever takes one takes this.
using var client = new PipelineSpeechToTextClient(pipelines.Get(args[1]));
foreach (var file in args[2..])
{
    await using var recording = File.OpenRead(file);
    var response = await client.GetTextAsync(recording);
    Console.WriteLine($"{Path.GetFileName(file)}  {response.Text}");

    // What is more than text is the pipeline's own transcript.
    foreach (var word in ((Transcript)response.RawRepresentation!).Words)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {word.Start,6:0.00}–{word.End:0.00} s  {word.Confidence:0.000}  {word.Text}"));
    }
}

return 0;

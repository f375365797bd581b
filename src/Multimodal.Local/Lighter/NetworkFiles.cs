using Multimodal.Onnx;
using Multimodal.Onnx.Optimization;
using Multimodal.Pipeline.Models;

namespace Multimodal.Local.Lighter;

/// <summary>A network's files within its pipeline.</summary>
internal static class NetworkFiles
{
    /// <summary>Whether a network was made lighter, and its files smaller.</summary>
    public static bool IsSmaller(ModelFolder basis, LighterNetwork network) =>
        network.Treatments.Values.Any(treatment => treatment != LighterTreatment.Keep) && network.Result.Bytes < BytesOf(basis, network.Probe.File);

    /// <summary>The files of a network: its own, and those that its weights lie in.</summary>
    public static IEnumerable<string> FilesOf(ModelFolder folder, string file) =>
        OnnxModelInspector.FindExternalFiles(folder.PathOf(file)).Select(location => ModelFolder.Beside(file, location)).Prepend(file);

    /// <summary>What they take together.</summary>
    public static long BytesOf(ModelFolder folder, string file) => FilesOf(folder, file).Sum(part => new FileInfo(folder.PathOf(part)).Length);
}

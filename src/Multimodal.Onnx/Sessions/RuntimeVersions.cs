using System.Collections.Concurrent;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx.Format;
using Multimodal.Pipeline.Models;

namespace Multimodal.Onnx.Sessions;

/// <summary>
/// Which versions of ONNX the runtime reads. It has no call that tells, so that it is asked with networks of those versions: some tenths of
/// a millisecond, once for each version in a process.
/// </summary>
internal static class RuntimeVersions
{
    private const string Own = "", MachineLearning = "ai.onnx.ml";
    private static readonly ConcurrentDictionary<(long Version, string Domain, long Opset), bool> Asked = new();

    /// <summary>Refuses a file of versions that the runtime does not read. What states none is left to the runtime to refuse.</summary>
    /// <exception cref="PipelineException">It names the version that the file has and those that are read.</exception>
    public static void Require(OnnxFile file)
    {
        if (file.IrVersion > 0 && !Takes(file.IrVersion, Own, TrialModel.OldOpset))
        {
            var last = LastOf(TrialModel.OldVersion, version => Takes(version, Own, TrialModel.OldOpset));
            throw new PipelineException(
                $"{file.Path} is written in version {file.IrVersion} of the ONNX format (ir_version); {Runtime} reads up to {last}. " +
                "Export it again with an older version of the onnx package, or use a newer ONNX Runtime.");
        }

        foreach (var (domain, opset) in file.Opsets.Where(pair => pair.Key is Own or MachineLearning))
        {
            if (!Takes(TrialModel.OldVersion, domain, opset))
            {
                var last = LastOf(domain == Own ? TrialModel.OldOpset : 1, version => Takes(TrialModel.OldVersion, domain, version));
                throw new PipelineException(
                    $"{file.Path} uses opset {opset}{(domain == Own ? "" : $" of {domain}")}; {Runtime} reads up to {last}. " +
                    $"Export it again with opset {last} (opset_version={last} in torch.onnx.export), or use a newer ONNX Runtime.");
            }
        }
    }

    private static string Runtime => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    private static long LastOf(long first, Func<long, bool> takes)
    {
        while (takes(first + 1))
        {
            first++;
        }

        return first;
    }

    private static bool Takes(long version, string domain, long opset) => Asked.GetOrAdd((version, domain, opset), Ask);

    private static bool Ask((long Version, string Domain, long Opset) versions)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
            var (version, domain, opset) = versions;
            new InferenceSession(
                domain == Own
                    ? TrialModel.Write(version, (Own, opset))
                    : TrialModel.Write(version, (Own, TrialModel.OldOpset), (domain, opset)),
                options).Dispose();
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }
}

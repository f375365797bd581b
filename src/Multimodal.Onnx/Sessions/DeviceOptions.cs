using System.Globalization;

namespace Multimodal.Onnx.Sessions;

/// <summary>What execution providers on devices are told, by the names that ONNX Runtime documents.</summary>
internal static class DeviceOptions
{
    /// <summary>Of CUDA.</summary>
    public static Dictionary<string, string> Cuda(OnnxOptions options)
    {
        // By default each new batch size is answered by trying every algorithm of a convolution, which takes longer than the batch a hundred
        // times.
        var cuda = new Dictionary<string, string> { ["device_id"] = Text(options.DeviceId), ["cudnn_conv_algo_search"] = "HEURISTIC" };
        if (options.MemoryLimitBytes is { } bytes)
        {
            cuda["gpu_mem_limit"] = Text(bytes);
        }

        return cuda;
    }

    /// <summary>Of TensorRT, which compiles a network for minutes: where graphs are kept, so is what it compiled and measured.</summary>
    public static Dictionary<string, string> TensorRt(OnnxOptions options)
    {
        var tensorRt = new Dictionary<string, string>
        {
            ["device_id"] = Text(options.DeviceId),
            ["trt_fp16_enable"] = options.TensorRtHalfPrecision ? "1" : "0",
        };
        if (options.GraphFolder is { } folder)
        {
            tensorRt["trt_engine_cache_enable"] = "1";
            tensorRt["trt_engine_cache_path"] = folder;
            tensorRt["trt_timing_cache_enable"] = "1";
            tensorRt["trt_timing_cache_path"] = folder;
        }

        return tensorRt;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

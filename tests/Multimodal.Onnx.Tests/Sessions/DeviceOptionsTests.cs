using Multimodal.Onnx.Sessions;

namespace Multimodal.Onnx.Tests.Sessions;

/// <summary>What execution providers are told; that they start with it is seen on a machine that has them.</summary>
public sealed class DeviceOptionsTests
{
    [Fact]
    public void Cuda_Defaults_ChooseAlgorithmsByHeuristicAndBoundNothing() => Assert.Equal(
        new Dictionary<string, string> { ["device_id"] = "0", ["cudnn_conv_algo_search"] = "HEURISTIC" }, DeviceOptions.Cuda(new OnnxOptions()));

    [Fact]
    public void Cuda_LimitOfMemory_IsThatOfItsArena() =>
        Assert.Equal(("3", "8589934592"), DeviceOptions.Cuda(new OnnxOptions { DeviceId = 3, MemoryLimitBytes = 1L << 33 }) switch
        {
            var options => (options["device_id"], options["gpu_mem_limit"]),
        });

    [Fact]
    public void TensorRt_Defaults_KeepFullPrecisionAndNothingOnDisk() => Assert.Equal(
        new Dictionary<string, string> { ["device_id"] = "0", ["trt_fp16_enable"] = "0" }, DeviceOptions.TensorRt(new OnnxOptions()));

    [Fact]
    public void TensorRt_FolderOfGraphs_HoldsEnginesAndTimings()
    {
        var options = DeviceOptions.TensorRt(new OnnxOptions { GraphFolder = "graphs", TensorRtHalfPrecision = true });

        Assert.Equal("1", options["trt_fp16_enable"]);
        Assert.Equal(("1", "graphs"), (options["trt_engine_cache_enable"], options["trt_engine_cache_path"]));
        Assert.Equal(("1", "graphs"), (options["trt_timing_cache_enable"], options["trt_timing_cache_path"]));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Multimodal.Onnx.Format;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests.Sessions;

/// <summary>Files of versions that the runtime does not read.</summary>
public sealed class RuntimeVersionsTests
{
    [Fact]
    public void Read_Model_TellsVersionsOfFormatAndOperators()
    {
        using var file = new TemporaryFile(TrialModel.Write(9, ("ai.onnx", 17), ("ai.onnx.ml", 3), ("com.example", 1)));

        var read = OnnxFileReader.Read(file.Path);

        Assert.Equal((9, 17, 3, 1), (read.IrVersion, read.Opsets[""], read.Opsets["ai.onnx.ml"], read.Opsets["com.example"]));
        Assert.Equal(new FileInfo(file.Path).Length, read.Bytes);
    }

    [Fact]
    public void Open_OpsetBeyondTheRuntime_NamesBothAndTheRemedy()
    {
        var message = MessageOf(TrialModel.Write(8, ("", 999)));

        Assert.Contains("uses opset 999; ONNX Runtime ", message, StringComparison.Ordinal);
        Assert.Contains("opset_version=", message, StringComparison.Ordinal);
        var last = LastIn(message);
        Assert.InRange(last, 20, 998);
        Open(TrialModel.Write(8, ("", last)));
        MessageOf(TrialModel.Write(8, ("", last + 1)));
    }

    [Fact]
    public void Open_FormatBeyondTheRuntime_NamesBothAndTheRemedy()
    {
        var message = MessageOf(TrialModel.Write(999, ("", 13)));

        Assert.Contains("version 999 of the ONNX format", message, StringComparison.Ordinal);
        var last = LastIn(message);
        Assert.InRange(last, 9, 998);
        Open(TrialModel.Write(last, ("", 13)));
    }

    [Fact]
    public void Open_OperatorsForMachineLearningBeyondTheRuntime_NamesTheirDomain() =>
        Assert.Contains("uses opset 99 of ai.onnx.ml", MessageOf(TrialModel.Write(8, ("", 13), ("ai.onnx.ml", 99))), StringComparison.Ordinal);

    private static int LastIn(string message) => int.Parse(Regex.Match(message, "up to ([0-9]+)").Groups[1].Value, CultureInfo.InvariantCulture);

    private static string MessageOf(byte[] model) => Assert.Throws<PipelineException>(() => Open(model)).Message;

    private static void Open(byte[] model)
    {
        using var file = new TemporaryFile(model);
        new OnnxModelFactory(new OnnxOptions()).Open(file.Path).Dispose();
    }
}

namespace Multimodal.Onnx.Tuning;

/// <summary>A network opened with a number of threads, to be measured. Runs may be concurrent.</summary>
internal interface IMeasuredModel : IDisposable
{
    /// <summary>Runs the network once on so many made-up items.</summary>
    void Run(int batch);
}

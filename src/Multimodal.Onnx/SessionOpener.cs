using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;

namespace Multimodal.Onnx;

/// <summary>
/// Opens sessions with the first execution provider that can be had, found out once by a trial. One that cannot be had (no driver, no
/// library, no device) is warned of, and the next takes its place.
/// </summary>
internal sealed class SessionOpener
{
    private const string CudaName = "CUDAExecutionProvider";
    private readonly OnnxOptions _options;
    private readonly ILogger _logger;
    private readonly Lazy<ExecutionProvider> _inUse;

    public SessionOpener(OnnxOptions options, ILogger logger)
    {
        _options = options;
        _logger = logger;
        _inUse = new Lazy<ExecutionProvider>(Choose);
    }

    /// <summary>What sessions run on.</summary>
    public ExecutionProvider InUse => _inUse.Value;

    /// <exception cref="OnnxRuntimeException">The file is no model that this runtime reads.</exception>
    public InferenceSession Open(string path)
    {
        using var sessionOptions = CreateOptions(InUse);
        return new InferenceSession(path, sessionOptions);
    }

    private ExecutionProvider Choose()
    {
        var wanted = _options.ExecutionProviders
            ?? (OrtEnv.Instance().GetAvailableProviders().Contains(CudaName) ? [ExecutionProvider.Cuda] : []);
        ExecutionProvider[] order = [.. wanted.TakeWhile(provider => provider != ExecutionProvider.Cpu), ExecutionProvider.Cpu];
        for (var i = 0; i < order.Length - 1; i++)
        {
            try
            {
                using var sessionOptions = CreateOptions(order[i]);
                new InferenceSession(TrialModel.Bytes, sessionOptions).Dispose();
                return order[i];
            }
            catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException)
            {
                // The CPU flavour lacks even the entry points of the others.
                Log.ProviderUnavailable(_logger, order[i].ToName(), order[i + 1].ToName(), e.Message);
            }
        }

        return ExecutionProvider.Cpu;
    }

    private SessionOptions CreateOptions(ExecutionProvider provider)
    {
        var sessionOptions = new SessionOptions
        {
            IntraOpNumThreads = _options.IntraOpThreads,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            switch (provider)
            {
                case ExecutionProvider.TensorRt:
                    sessionOptions.AppendExecutionProvider_Tensorrt(_options.DeviceId);
                    sessionOptions.AppendExecutionProvider_CUDA(_options.DeviceId);
                    break;
                case ExecutionProvider.Cuda:
                    sessionOptions.AppendExecutionProvider_CUDA(_options.DeviceId);
                    break;
            }

            return sessionOptions;
        }
        catch
        {
            sessionOptions.Dispose();
            throw;
        }
    }
}

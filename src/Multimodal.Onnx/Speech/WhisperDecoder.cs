using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Multimodal.Onnx.Sessions;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Speech.Whisper;

namespace Multimodal.Onnx.Speech;

/// <summary>
/// A decoder at work on one window. Keys and values of the tokens so far stay in native memory from step to step; where texts change places
/// their rows are laid anew there. A decoder that gives no keys and values is run on whole texts each time.
/// </summary>
internal sealed class WhisperDecoder : ITokenDecoder
{
    private readonly DecoderGraph _first;
    private readonly DecoderGraph? _next;
    private readonly ResourcePool<InferenceSession>.Lease _firstSession;
    private readonly ResourcePool<InferenceSession>.Lease? _nextSession;
    private readonly OrtValue _states;
    private readonly Dictionary<string, OrtValue> _cache = new(StringComparer.Ordinal);
    private OrtValue? _repeatedStates;
    private List<int>[] _written = [];
    private bool _disposed;

    /// <param name="first">The graph of the first step.</param>
    /// <param name="next">The graph of those that follow: the same where it is merged, null where there is no cache.</param>
    /// <param name="states">What the encoder heard, [1, steps, values]; it is disposed of with this.</param>
    public WhisperDecoder(DecoderGraph first, DecoderGraph? next, OrtValue states)
    {
        (_first, _next, _states) = (first, next, states);
        _firstSession = first.Model.Rent();
        _nextSession = next is null || next == first ? null : next.Model.Rent();
    }

    public float[][] Begin(IReadOnlyList<int> prompt)
    {
        ClearCache();
        _written = [[.. prompt]];
        return Run(_first, _firstSession, [[.. prompt]], isCached: false, before: 0, allPositions: true);
    }

    public float[][] Advance(IReadOnlyList<TokenStep> rows)
    {
        _written = [.. rows.Select(row => new List<int>(_written[row.Source]) { row.Token })];
        if (_next is null)
        {
            return Run(_first, _firstSession, _written, isCached: false, before: 0, allPositions: false);
        }

        Arrange([.. rows.Select(row => row.Source)]);
        return Run(
            _next, _nextSession ?? _firstSession, [.. rows.Select(row => new List<int> { row.Token })], isCached: true, _written[0].Count - 1, allPositions: false);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            ClearCache();
            _states.Dispose();
            _nextSession?.Dispose();
            _firstSession.Dispose();
        }
    }

    private float[][] Run(DecoderGraph graph, ResourcePool<InferenceSession>.Lease session, List<int>[] tokens, bool isCached, int before, bool allPositions)
    {
        var (rows, length) = (tokens.Length, tokens[0].Count);
        var own = new List<OrtValue>();
        try
        {
            var names = new List<string>(graph.Inputs.Count);
            var values = new List<OrtValue>(graph.Inputs.Count);
            foreach (var name in graph.Inputs)
            {
                names.Add(name);
                values.Add(name switch
                {
                    DecoderNames.InputIds => Own(NativeTensors.Of([.. tokens.SelectMany(row => row.Select(token => (long)token))], rows, length)),
                    DecoderNames.EncoderStates => StatesFor(rows),
                    DecoderNames.UseCache => Own(OrtValue.CreateTensorValueFromMemory(new[] { isCached }, [1])),
                    DecoderNames.CachePosition => Own(NativeTensors.Of([.. Enumerable.Range(before, length).Select(place => (long)place)], length)),
                    _ when isCached => _cache.TryGetValue(name, out var kept) ? kept : throw new PipelineException(
                        $"{graph.Model.Path} takes '{name}', which {_first.Model.Path} does not give. Export both together, with past key values."),
                    _ => Own(Nothing(graph, name)),
                });
            }

            // What the encoder heard does not change: once there, its keys and values are not asked for again.
            string[] present = _next is null ? [] : [.. graph.Present.Where(name => !isCached || !DecoderNames.IsOfEncoder(name))];
            var outputs = graph.Model.Start(session.Resource, names, values, [DecoderNames.Logits, .. present]);
            var logits = outputs[0];
            own.Add(logits);
            for (var i = 0; i < present.Length; i++)
            {
                Keep(DecoderNames.PastOf(present[i]), outputs[i + 1]);
            }

            return Rows(graph, logits, rows, length, allPositions);
        }
        finally
        {
            own.ForEach(value => value.Dispose());
        }

        OrtValue Own(OrtValue value)
        {
            own.Add(value);
            return value;
        }
    }

    private void Keep(string name, OrtValue value)
    {
        if (_cache.Remove(name, out var old))
        {
            old.Dispose();
        }

        _cache.Add(name, value);
    }

    // After the beginning there is one row, which several texts may continue.
    private void Arrange(int[] sources)
    {
        foreach (var (name, value) in _cache.ToList())
        {
            var rows = value.GetTensorTypeAndShape().Shape[0];
            var isInPlace = rows == sources.Length && sources.Select((source, row) => source == row).All(same => same);
            if (isInPlace || (DecoderNames.IsOfEncoder(name) && rows == sources.Length))
            {
                continue;
            }

            // Every row has heard the same.
            _cache[name] = NativeTensors.Gather(value, DecoderNames.IsOfEncoder(name) ? new int[sources.Length] : sources);
            value.Dispose();
        }
    }

    private OrtValue StatesFor(int rows)
    {
        if (rows == 1)
        {
            return _states;
        }

        if (_repeatedStates?.GetTensorTypeAndShape().Shape[0] != rows)
        {
            _repeatedStates?.Dispose();
            _repeatedStates = NativeTensors.Gather(_states, new int[rows]);
        }

        return _repeatedStates!;
    }

    private static OrtValue Nothing(DecoderGraph graph, string name)
    {
        var (type, shape) = graph.Model.RequireInput(name);
        return NativeTensors.Empty(type, shape);
    }

    private static float[][] Rows(DecoderGraph graph, OrtValue logits, int rows, int length, bool allPositions)
    {
        var shape = logits.GetTensorTypeAndShape().Shape;
        if (shape.Length != 3 || shape[0] != rows || shape[1] != length)
        {
            throw new PipelineException($"{graph.Model.Path} gave '{DecoderNames.Logits}' of shape [{string.Join(',', shape)}] for [{rows},{length}] tokens.");
        }

        var vocabulary = (int)shape[2];
        var places = allPositions ? Enumerable.Range(0, length) : Enumerable.Range(0, rows).Select(row => (row * length) + length - 1);
        return [.. places.Select(place => Read(logits, place * vocabulary, vocabulary))];
    }

    private static float[] Read(OrtValue logits, int from, int count)
    {
        if (logits.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float)
        {
            return logits.GetTensorDataAsSpan<float>().Slice(from, count).ToArray();
        }

        var values = new float[count];
        TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<Float16, Half>(logits.GetTensorDataAsSpan<Float16>().Slice(from, count)), values);
        return values;
    }

    private void ClearCache()
    {
        foreach (var value in _cache.Values)
        {
            value.Dispose();
        }

        _cache.Clear();
        _repeatedStates?.Dispose();
        _repeatedStates = null;
    }
}

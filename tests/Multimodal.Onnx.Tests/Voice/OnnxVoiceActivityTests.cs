using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx.Voice;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Audio;
using Multimodal.Pipeline.Preprocessing.Audio.Voice;
using Multimodal.Testing;
using Multimodal.Testing.Audio;

namespace Multimodal.Onnx.Tests.Voice;

public sealed class OnnxVoiceActivityTests
{
    private static readonly string Tiny = Path.Combine(TestPaths.Repository, "tests", "Multimodal.Onnx.Tests", "Voice", "voice.onnx");

    private static readonly VoiceActivitySettings TinySettings = new()
    {
        Model = "voice.onnx",
        Input = "samples",
        Output = "p",
        States = new Dictionary<string, string> { ["h"] = "hn", ["c"] = "cn" },
        SampleRateInput = "rate",
        SampleRate = 8000,
        Window = 64,
        Context = 16,
    };

    // What generate.py computed by hand, the states carried from window to window.
    [Fact]
    public void Process_WindowsInARow_AreThoseOfTheNetworkByHand()
    {
        float[] expected = [0.304787f, 0.510329f, 0.889170f, 0.986406f, 0.996053f, 0.997733f];
        using var model = new OnnxVoiceActivityFactory().Open(Tiny, TinySettings);
        using var run = model.Start();
        for (var window = 0; window < expected.Length; window++)
        {
            var samples = Enumerable.Range((64 * window) - 16, 80).Select(Sample).ToArray();

            Assert.Equal(expected[window], run.Process(samples), 2e-5f);
        }

        // Another recording begins anew.
        using var again = model.Start();
        Assert.Equal(expected[0], again.Process([.. Enumerable.Range(-16, 80).Select(Sample)]), 2e-5f);

        static float Sample(int i) => i < 0 ? 0 : (float)((0.1 + (0.1 * (i / 64))) * Math.Sin(2 * Math.PI * 440 * i / 8000));
    }

    [Fact]
    public void Preprocess_TinyNetworkByConfigurationAlone_TellsTheShareOfSpeech()
    {
        var folder = Directory.CreateTempSubdirectory("voice");
        File.Copy(Tiny, Path.Combine(folder.FullName, "voice.onnx"));
        File.WriteAllText(Path.Combine(folder.FullName, "config.json"), ExtractorConfigs.Waveform);
        var preprocessing = System.Text.Json.JsonSerializer.Deserialize(
            """
            {
              "kind": "audio", "config": "config.json",
              "voiceActivity": {
                "model": "voice.onnx", "input": "samples", "output": "p", "states": { "h": "hn", "c": "cn" }, "sampleRateInput": "rate",
                "sampleRate": 8000, "window": 64, "context": 16, "threshold": 0.9
              }
            }
            """,
            Pipeline.PipelineJson.Default.PreprocessingSettings)!;
        var definition = new ModelRepository(TestPaths.Models).Load("digits").Definition with
        {
            Files = new Dictionary<string, string> { ["voice.onnx"] = "", ["config.json"] = "" },
        };
        var factory = new PreprocessorFactory(new Testing.Pipelines.NoImages(), new InputLimits(), null, new OnnxVoiceActivityFactory());
        var preprocessor = factory.Create(preprocessing, new ModelFolder(folder.FullName, definition, ""));
        var file = new WavFile { Samples = [.. WavFile.Sine(440, 1, 8000, 0.002), .. WavFile.Sine(440, 1, 8000, 0.8)] };

        var facts = preprocessor.Preprocess(new InputContent("a.wav", file.ToBytes()), MediaTypes.Wav).Facts;
        ((IDisposable)preprocessor).Dispose();
        folder.Delete(recursive: true);

        Assert.Equal(0.5, facts.SpeechShare!.Value, 0.03);
    }

    [Theory]
    [InlineData("sound", "p", "hn", "rate", 64, "sound")]
    [InlineData("samples", "q", "hn", "rate", 64, "q")]
    [InlineData("samples", "p", "hx", "rate", 64, "hx")]
    [InlineData("samples", "p", "hn", "sr", 64, "sr")]
    [InlineData("samples", "p", "hn", "", 64, "rate")]
    [InlineData("samples", "p", "hn", "rate", 65, "samples")]
    public void Open_NamesOrSizesThatAreNotTheNetworks_AreNamed(string input, string output, string state, string rate, int window, string named)
    {
        var settings = TinySettings with
        {
            Input = input,
            Output = output,
            States = new Dictionary<string, string> { ["h"] = state, ["c"] = "cn" },
            SampleRateInput = rate,
            Window = window,
        };

        var e = Assert.Throws<PipelineException>(() => new OnnxVoiceActivityFactory().Open(Tiny, settings));

        Assert.Contains($"'{named}'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoModel_IsNamed()
    {
        using var file = new TemporaryFile("no model");

        Assert.Contains(
            file.Path, Assert.Throws<PipelineException>(() => new OnnxVoiceActivityFactory().Open(file.Path, TinySettings)).Message, StringComparison.Ordinal);
    }

    // A stranger's network, by the defaults: the same as a session run by hand, state by state.
    [Fact]
    public void Process_Silero_IsThatOfASessionRunByHandAndTellsSpeechFromNoise()
    {
        var path = TestPaths.Data("models", "silero_vad.onnx");
        var settings = new VoiceActivitySettings { Model = "silero_vad.onnx" };
        var speech = WavReader.Read(
            new InputContent("speech.wav", File.ReadAllBytes(TestPaths.Data("audio", "speech-silero-test.wav"))), new InputLimits());
        using var model = new OnnxVoiceActivityFactory().Open(path, settings);
        using var run = model.Start();
        using var session = new InferenceSession(path);
        var state = new float[2 * 128];
        int windows = speech.Samples.Length / 512, spoken = 0;
        var samples = new float[576];
        for (var window = 0; window < windows; window++)
        {
            for (var i = 0; i < 576; i++)
            {
                var at = (window * 512) - 64 + i;
                samples[i] = at < 0 ? 0 : speech.Samples[at];
            }

            var byHand = RunByHand(session, samples, state);
            var probability = run.Process(samples);

            Assert.Equal(byHand, probability, 1e-6f);
            spoken += probability >= 0.5 ? 1 : 0;
        }

        // Most of this minute is speech.
        var share = (double)spoken / windows;
        TestContext.Current.TestOutputHelper?.WriteLine($"{share:0.000} of the windows are speech");
        Assert.InRange(share, 0.5, 0.95);
        Assert.Equal(share, ShareOf(model, settings, speech.Samples), 0.01);
        Assert.Equal(0, ShareOf(model, settings, new float[160_000]));
        var random = new Random(1);
        Assert.InRange(ShareOf(model, settings, [.. Enumerable.Range(0, 160_000).Select(_ => (float)(0.2 * (random.NextDouble() - 0.5)))]), 0, 0.05);
    }

    private static double ShareOf(IVoiceActivityModel model, VoiceActivitySettings settings, float[] samples)
    {
        using var run = model.Start();
        int spoken = 0, windows = 0;
        var window = new float[settings.Context + settings.Window];
        for (var at = 0; at + settings.Window <= samples.Length; at += settings.Window, windows++)
        {
            window.AsSpan(settings.Window).CopyTo(window);
            samples.AsSpan(at, settings.Window).CopyTo(window.AsSpan(settings.Context));
            spoken += run.Process(window) >= settings.Threshold ? 1 : 0;
        }

        return (double)spoken / windows;
    }

    private static float RunByHand(InferenceSession session, float[] samples, float[] state)
    {
        using var options = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(samples, [1, 576]);
        using var before = OrtValue.CreateTensorValueFromMemory(state, [2, 1, 128]);
        using var rate = OrtValue.CreateTensorValueFromMemory(new long[] { 16_000 }, []);
        using var outputs = session.Run(options, ["input", "state", "sr"], [input, before, rate], ["output", "stateN"]);
        outputs[1].GetTensorDataAsSpan<float>().CopyTo(state);
        return outputs[0].GetTensorDataAsSpan<float>()[0];
    }
}

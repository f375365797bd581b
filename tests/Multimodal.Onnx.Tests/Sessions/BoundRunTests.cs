using System.Runtime.CompilerServices;
using Microsoft.ML.OnnxRuntime;
using Multimodal.Onnx.Encoders;
using Multimodal.Onnx.Sessions;
using Multimodal.Onnx.Tests.Attacks;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Models;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Preprocessing.Images;
using Multimodal.Pipeline.Tensors;
using Multimodal.Testing;

namespace Multimodal.Onnx.Tests.Sessions;

/// <summary>Runs that are bound to a session's buffers, as on a device, here on the processor.</summary>
public sealed class BoundRunTests
{
    private const int Width = 8;

    private static readonly BoundMemory Memory = new("Cpu", 0);

    // The processor has none.
    private static readonly BoundMemory Missing = BoundMemory.PageLocked(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Modality.Image, true)]
    [InlineData(Modality.Image, false)]
    [InlineData(Modality.Text, true)]
    [InlineData(Modality.Text, false)]
    [InlineData(Modality.Audio, true)]
    [InlineData(Modality.Audio, false)]
    public async Task Generate_Bound_GivesWhatItGivesOtherwise(Modality modality, bool hasMemory)
    {
        var folder = new ModelRepository(TestPaths.Models).Load("digits");
        using var plain = new OnnxModelFactory(new OnnxOptions { MaximumBatch = 1, TuningFolder = null }).CreateEncoder(folder, modality);
        using var bound = new OnnxModelFactory(
            new OnnxOptions { MaximumBatch = 4, ConcurrentRuns = 3, TuningFolder = null, BoundMemory = hasMemory ? Memory : Missing }).CreateEncoder(folder, modality);
        var random = new Random(5);
        Features[] items = [.. Enumerable.Range(0, 30).Select(_ => MakeUp(modality, random))];

        var expected = await plain.GenerateAsync(items, cancellationToken: Token);
        var embeddings = await Task.WhenAll(items.Select(item => bound.GenerateAsync([item], cancellationToken: Token)));

        for (var i = 0; i < items.Length; i++)
        {
            for (var d = 0; d < 128; d++)
            {
                Assert.Equal(expected[i].Vector.Span[d], embeddings[i][0].Vector.Span[d], 1e-4f);
            }
        }
    }

    [Theory]
    [InlineData(TinyModel.Float, true)]
    [InlineData(TinyModel.Float, false)]
    [InlineData(TinyModel.Float16, true)]
    [InlineData(TinyModel.Float16, false)]
    public void Run_OutputOfKnownShape_LiesInTheSessionsBuffer(int type, bool hasMemory)
    {
        using var file = Tiny(type, 0, Width);
        using var model = Open(file, hasMemory ? Memory : Missing);
        using var session = model.Rent();
        var bound = Assert.IsType<BoundSession>(session.Resource);
        Assert.Equal(hasMemory, bound.HasMemory);
        var batcher = new FeatureBatcher(model, Modality.Image, Pooling.None, 0);
        using var binding = bound.Rent();
        using var options = new RunOptions();

        void RunUnbound() => binding.Run(options, [], [], [model.Foresee("pooler_output", 1)]).Dispose();

        // Smaller, larger, and smaller again: the buffers grow in between.
        foreach (var count in new[] { 1, 9, 2 })
        {
            var items = Enumerable.Range(0, count).Select(i => Item(i)).ToArray();
            using var batch = batcher.Stack(items, binding.Inputs);
            using var outputs = binding.Run(options, batcher.Names, batch.Values, [model.Foresee("pooler_output", count)]);

            Assert.True(outputs[0].GetTensorMutableRawData().Overlaps(binding.Outputs[0].Take<byte>(1), out var offset) && offset == 0);
            Assert.Equal([count, Width], outputs[0].GetTensorTypeAndShape().Shape);
            Assert.Equal(
                items.SelectMany(item => item.Tensors["pixel_values"].AsSpan<float>().ToArray()),
                OnnxModel.Read(outputs[0], [count, Width], (values, _) => values.ToArray()));
            Assert.Throws<OnnxRuntimeException>(RunUnbound);
        }

        batcher.Dispose();
    }

    [Fact]
    public void Run_OutputOfUnknownShape_IsGivenAllTheSame()
    {
        using var file = Tiny(TinyModel.Float, 0, 0, Width);
        using var model = Open(file, Memory);
        using var encoder = new EncoderModel(model, Modality.Image, Definition(Pooling.Mean), "tiny", ExecutionProvider.Cpu, null);
        float[] values = [.. Enumerable.Range(0, 3 * Width).Select(i => (float)i)];

        var encoded = encoder.Run([Of(values, 3, Width), Of(values, 3, Width)]);

        Assert.Null(model.Foresee("pooler_output", 2).Shape);
        Assert.All(encoded, item => Assert.Equal(Enumerable.Range(0, Width).Select(d => d + (float)Width), item.Vector));
    }

    [Theory]
    [InlineData(true, 0, 8)]
    [InlineData(true, 2, 8)]
    [InlineData(true, 0, 3, 8)]
    [InlineData(false, 1, 8)]
    [InlineData(false, 0, 0)]
    [InlineData(false, 0, 0, 8)]
    [InlineData(false, 0)]
    public void Foresee_DeclaredShape_IsKnownWhereItMustHold(bool isKnown, params int[] shape)
    {
        using var file = Tiny(TinyModel.Float, shape);
        using var model = Open(file, Memory);

        Assert.Equal(isKnown ? [2, .. shape.Skip(1)] : null, model.Foresee("pooler_output", 2).Shape);
    }

    [Fact]
    public void Run_ManyAtOnceWhileSessionsAreRecycled_GivesEachItsOwn()
    {
        using var file = Tiny(TinyModel.Float, 0, Width);
        using var encoder = new EncoderModel(Open(file, Memory), Modality.Image, Definition(), "tiny", ExecutionProvider.Cpu, null);

        Parallel.For(0, 2_000, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Token }, i =>
        {
            if (i % 100 == 99)
            {
                encoder.Recycle();
            }

            FeatureItem[] items = [.. Enumerable.Range(i, (i % 5) + 1).Select(Item)];
            var encoded = encoder.Run(items);
            for (var k = 0; k < items.Length; k++)
            {
                Assert.Equal(items[k].Tensors["pixel_values"].AsSpan<float>().ToArray(), encoded[k].Vector);
            }
        });
    }

    [Fact]
    public void Run_Refused_LeavesTheBuffersFitForTheNext()
    {
        var folder = new ModelRepository(TestPaths.Models).Load("digits");
        using var model = new OnnxModelFactory(new OnnxOptions { BoundMemory = Memory }).Open(folder.PathOf(folder.Definition.Encoders[Modality.Text].Model));
        using var encoder = new EncoderModel(model, Modality.Text, folder.Definition.Encoders[Modality.Text], "text", ExecutionProvider.Cpu, null);
        var good = Text([3, 4, 5, 6]);
        var expected = encoder.Run([good])[0].Vector;

        for (var i = 0; i < 3; i++)
        {
            // No such character: the network looks it up and fails.
            var refusal = Assert.Throws<PipelineException>(() => encoder.Run([Text([1, 1_000_000, 2]), good]));
            Assert.Contains("cannot process such inputs", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(expected, encoder.Run([good])[0].Vector);
        }

        using var session = model.Rent();
        var bound = (BoundSession)session.Resource;
        using var only = bound.Rent();
        using var another = bound.Rent();
        Assert.True(only.Inputs[0].Address != 0, "The buffers of runs that failed were not given back.");
        Assert.True(another.Inputs[0].Address == 0, "More sets of buffers were made than runs went on at once.");
    }

    [Fact]
    public void Recycle_WhileARunHoldsBuffers_ClosesThemWithTheLastUser()
    {
        using var file = Tiny(TinyModel.Float, 0, Width);
        using var model = Open(file, Memory);
        using var batcher = new FeatureBatcher(model, Modality.Image, Pooling.None, 0);
        using var options = new RunOptions();
        var session = model.Rent();
        var bound = (BoundSession)session.Resource;
        var (idle, binding) = (bound.Rent(), bound.Rent());
        idle.Dispose();

        model.Recycle();

        Assert.False(idle.IsClosed || binding.IsClosed);
        using (var batch = batcher.Stack([Item(1), Item(2)], binding.Inputs))
        using (var outputs = binding.Run(options, batcher.Names, batch.Values, [model.Foresee("pooler_output", 2)]))
        {
            Assert.Equal(2 * Width, outputs[0].GetTensorDataAsSpan<float>().Length);
        }

        binding.Dispose();
        session.Dispose();
        Assert.True(idle.IsClosed && binding.IsClosed);
        Assert.Equal(0, binding.Inputs[0].Address);

        using var next = model.Rent();
        Assert.NotSame(bound, next.Resource);
    }

    [Fact]
    public void Collect_SessionThatNobodyClosed_DoesNoHarm()
    {
        using var file = Tiny(TinyModel.Float, 0, Width);
        var left = Leave(file);

        for (var i = 0; i < 10 && left.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(left.IsAlive);
    }

    [Fact]
    public async Task Generate_BoundWithinALimitOfMemory_IsAnsweredInHalves()
    {
        var factory = new OnnxModelFactory(
            new OnnxOptions { MaximumBatch = 32, ConcurrentRuns = 1, MemoryLimitBytes = 24 << 20, TuningFolder = null, BoundMemory = Memory });
        using var encoder = factory.CreateEncoder(new ModelRepository(TestPaths.Models).Load("digits"), Modality.Audio);
        var opened = factory.Opened;
        Features[] items = [.. Enumerable.Range(0, 32).Select(_ => new Features(
            Modality.Audio,
            new Dictionary<string, HostTensor> { ["input_features"] = HostTensor.Create<float>(new float[40 * 3000], 40, 3000) },
            new InputFacts { MediaType = "test/silence" }))];

        Assert.Equal(32, (await encoder.GenerateAsync(items, cancellationToken: Token)).Count);
        Assert.True(factory.Opened > opened, "Nothing ran out of memory.");
        Assert.Empty(factory.Exhausted);
    }

    [Fact]
    public void Open_OnTheProcessor_BindsNothing()
    {
        using var file = Tiny(TinyModel.Float, 0, Width);
        using var model = new OnnxModelFactory(new OnnxOptions { ExecutionProviders = [ExecutionProvider.Cpu], BindMemory = true }).Open(file.Path);

        Assert.False(model.IsBound);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Leave(TemporaryFile file)
    {
        using var options = new SessionOptions();
        var session = new BoundSession(file.Path, options, Memory);
        RunBinding[] bindings = [.. Enumerable.Range(0, 20).Select(_ => session.Rent())];
        Array.ForEach(bindings, binding => binding.Inputs[0].Take<float>(1000));
        Array.ForEach(bindings, binding => binding.Dispose());
        return new WeakReference(session, trackResurrection: true);
    }

    private static TemporaryFile Tiny(int type, params int[] shape) => new(TinyModel.Write("pixel_values", "pooler_output", type, shape));

    private static OnnxModel Open(TemporaryFile file, BoundMemory memory) => new OnnxModelFactory(new OnnxOptions { BoundMemory = memory }).Open(file.Path);

    private static EncoderDefinition Definition(Pooling pooling = Pooling.None) =>
        new() { Model = "tiny.onnx", Dimensions = Width, Output = "pooler_output", Pooling = pooling, Preprocessing = new GlyphSettings() };

    // Whole numbers that half precision holds.
    private static FeatureItem Item(int seed) => Of([.. Enumerable.Range(0, Width).Select(d => (float)((seed * 7) + d) % 2048)], Width);

    private static FeatureItem Of(float[] values, params int[] shape) =>
        new(0, new Dictionary<string, HostTensor> { ["pixel_values"] = HostTensor.Create<float>(values, shape) });

    private static FeatureItem Text(long[] ids) => new(0, new Dictionary<string, HostTensor>
    {
        ["input_ids"] = HostTensor.Create<long>(ids, ids.Length),
        ["attention_mask"] = HostTensor.Create<long>([.. ids.Select(_ => 1L)], ids.Length),
    });

    private static Features MakeUp(Modality modality, Random random)
    {
        var length = random.Next(5, 60);
        var tensors = modality switch
        {
            Modality.Image => new Dictionary<string, HostTensor> { ["pixel_values"] = Noise(random, 1, 28, 28) },
            Modality.Audio => new Dictionary<string, HostTensor> { ["input_features"] = Noise(random, 40, length) },
            _ => Text([.. Enumerable.Range(0, length).Select(_ => (long)random.Next(1, 20))]).Tensors,
        };
        return new Features(modality, tensors, new InputFacts { MediaType = "test/random" });
    }

    private static HostTensor Noise(Random random, params int[] shape) =>
        HostTensor.Create<float>([.. Enumerable.Range(0, shape.Aggregate(1, (product, extent) => product * extent)).Select(_ => random.NextSingle())], shape);
}

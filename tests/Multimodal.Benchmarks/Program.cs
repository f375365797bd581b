using System.CommandLine;
using BenchmarkDotNet.Running;
using Multimodal.Benchmarks.Compare;
using Multimodal.Benchmarks.Encryption;
using Multimodal.Benchmarks.Engine;
using Multimodal.Benchmarks.Jobs;
using Multimodal.Benchmarks.Privacy;
using Multimodal.Benchmarks.Retrieval;

var filter = new Option<string[]>("--filter") { Description = "Which benchmarks, as BenchmarkDotNet takes it.", DefaultValueFactory = _ => ["*"] };
var micro = new Command("micro", "Our own parts, by BenchmarkDotNet.") { filter };
micro.SetAction(parsed => BenchmarkSwitcher.FromAssembly(typeof(Comparison).Assembly).Run(["--filter", .. parsed.GetRequiredValue(filter)]));

return await new RootCommand("Benchmarks.") { micro, CompareCommand.Create(), EncryptionCommand.Create(), EngineCommand.Create(), JobsCommand.Create(), RetrievalCommand.Create(), MaskingCommand.Create() }.Parse(args).InvokeAsync();

using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Multimodal.Functions.Jobs;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Batches.Flow;
using Multimodal.Orchestration.Flow;

namespace Multimodal.Functions.Tests.Jobs;

public sealed class ActivityFunctionsTests
{
    public static TheoryData<string> Activities => [.. Definitions.Select(property => property.Name)];

    private static PropertyInfo[] Definitions =>
    [
        .. typeof(JobActivities).GetProperties(BindingFlags.Public | BindingFlags.Static),
        .. typeof(BatchActivities).GetProperties(BindingFlags.Public | BindingFlags.Static),
    ];

    [Theory]
    [MemberData(nameof(Activities))]
    public void Activity_Definition_HasOneFunctionOfItsTypes(string name)
    {
        var property = Definitions.Single(p => p.Name == name);
        var definition = property.GetValue(null)!;
        var types = property.PropertyType.GetGenericArguments();

        var (_, method) = Assert.Single(FunctionMethods.All, function => function.Name == (string)property.PropertyType.GetProperty("Name")!.GetValue(definition)!);

        var (parameter, trigger) = FunctionMethods.TriggerOf(method);
        Assert.IsType<ActivityTriggerAttribute>(trigger);
        Assert.Equal(types[0], parameter.ParameterType);
        Assert.Equal(typeof(Task<>).MakeGenericType(types[1]), method.ReturnType);
    }

    [Fact]
    public void Functions_OfTriggerActivity_AreTheDefinitionsAndNoMore() =>
        Assert.Equal(
            Definitions.Select(p => p.Name).Order(),
            FunctionMethods.All.Where(f => FunctionMethods.TriggerOf(f.Method).Trigger is ActivityTriggerAttribute).Select(f => f.Name).Order());

    [Fact]
    public void Orchestrators_AreStaticMethodsOfThePortsNames()
    {
        var orchestrators = FunctionMethods.All
            .Where(function => FunctionMethods.TriggerOf(function.Method).Trigger is OrchestrationTriggerAttribute).ToList();

        Assert.Equal([BatchOrchestration.Name, JobOrchestration.Name], orchestrators.Select(function => function.Name).Order(StringComparer.Ordinal));
        Assert.All(orchestrators, function => Assert.True(function.Method.IsStatic));
        Assert.All(orchestrators, function => Assert.Equal(typeof(TaskOrchestrationContext), function.Method.GetParameters()[0].ParameterType));
    }

    // Discovery has missed functions of referenced assemblies.
    [Fact]
    public void Functions_All_LieInTheAppsOwnAssembly()
    {
        string[] expected =
        [
            "DeleteBatch", "DeleteJob", "Embed", "EncodeAudio", "EncodeImages", "EncodeTexts", "Expire", "FindJobs", "FuseAndExecute", "GetBatch",
            "GetEmbeddings", "GetInput", "GetJob", "GetResult", "ListBatches", "ListInputs", "ListJobs", "ListPipelines", "Live", "LookAtBatch",
            "PauseBatch", "PoisonUpload", "PreprocessUpload", "PublishResult", "Ready", "Recover", "RerunJob", "ResumeBatch", "RunBatch", "RunJob",
            "SearchJobs", "StartJob", "SubmitBatch", "SubmitJob", "TakeInPage", "ViewInput", "WatchJob",
        ];

        Assert.All(FunctionMethods.All, function => Assert.Equal(typeof(RunJobFunction).Assembly, function.Method.DeclaringType!.Assembly));
        Assert.Equal(expected, FunctionMethods.All.Select(function => function.Name).Order(StringComparer.Ordinal));
    }
}

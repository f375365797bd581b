using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Multimodal.Functions.Jobs;
using Multimodal.Orchestration.Activities;
using Multimodal.Orchestration.Flow;

namespace Multimodal.Functions.Tests.Jobs;

public sealed class ActivityFunctionsTests
{
    public static TheoryData<string> Activities => [.. Definitions.Select(property => property.Name)];

    private static PropertyInfo[] Definitions => [.. typeof(JobActivities).GetProperties(BindingFlags.Public | BindingFlags.Static)];

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
    public void Orchestrator_IsAStaticMethodOfThePortsName()
    {
        var (name, method) = Assert.Single(
            FunctionMethods.All, function => FunctionMethods.TriggerOf(function.Method).Trigger is OrchestrationTriggerAttribute);

        Assert.Equal(JobOrchestration.Name, name);
        Assert.True(method.IsStatic);
        Assert.Equal(typeof(TaskOrchestrationContext), method.GetParameters()[0].ParameterType);
    }

    // Discovery has missed functions of referenced assemblies.
    [Fact]
    public void Functions_All_LieInTheAppsOwnAssembly()
    {
        string[] expected =
        [
            "DeleteJob", "Embed", "EncodeAudio", "EncodeImages", "EncodeTexts", "Expire", "FindJobs", "FuseAndExecute", "GetEmbeddings", "GetInput",
            "GetJob", "GetResult", "ListInputs", "ListJobs", "ListPipelines", "Live", "PoisonUpload", "PreprocessUpload", "PublishResult", "Ready",
            "Recover", "RerunJob", "RunJob", "SearchJobs", "StartJob", "SubmitJob", "ViewInput", "WatchJob",
        ];

        Assert.All(FunctionMethods.All, function => Assert.Equal(typeof(RunJobFunction).Assembly, function.Method.DeclaringType!.Assembly));
        Assert.Equal(expected, FunctionMethods.All.Select(function => function.Name).Order(StringComparer.Ordinal));
    }
}

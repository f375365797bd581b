using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Multimodal.Functions.Tests.Jobs;

/// <summary>The app's functions, as the worker finds them.</summary>
internal static class FunctionMethods
{
    public static IReadOnlyList<(string Name, MethodInfo Method)> All { get; } =
    [
        .. from type in typeof(ActivityFunctionsTests).Assembly.GetReferencedAssemblies()
               .Where(name => name.Name!.StartsWith("Multimodal.", StringComparison.Ordinal))
               .SelectMany(name => Assembly.Load(name).GetTypes())
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
           let function = method.GetCustomAttribute<FunctionAttribute>()
           where function is not null
           select (function.Name, method)
    ];

    /// <summary>The parameter that triggers it.</summary>
    public static (ParameterInfo Parameter, Attribute Trigger) TriggerOf(MethodInfo method)
    {
        var parameter = Assert.Single(method.GetParameters(), p => FindTrigger(p) is not null);
        return (parameter, FindTrigger(parameter)!);
    }

    private static Attribute? FindTrigger(ParameterInfo parameter) =>
        parameter.GetCustomAttributes().SingleOrDefault(a => a.GetType().Name.EndsWith("TriggerAttribute", StringComparison.Ordinal));
}

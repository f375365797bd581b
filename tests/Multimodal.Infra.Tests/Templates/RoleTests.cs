using System.Text.Json;

namespace Multimodal.Infra.Tests.Templates;

/// <summary>Who may do what: nothing but data, of one resource each, and what the other app needs stays with the other app.</summary>
public sealed class RoleTests
{
    private const string Blobs = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";
    private const string Queues = "974c5e8b-45b9-4653-ba55-5f855dd0fb88";
    private const string Pull = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
    private const string Telemetry = "3913510d-42f4-4e42-8a64-420c390055eb";
    private const string TaskHub = "0ad04412-c4d5-4796-b79c-f76d14c8d402";
    private const string Secrets = "4633458b-17de-408a-b874-0445c86b69e6";
    private const string EncryptionKey = "e147488a-f6f5-4113-8e2d-b22465e65bf6";

    [Fact]
    public async Task Jobs_HasWhatItNeeds() => Assert.Equal(
        Sorted(Blobs, Queues, Pull, Telemetry, TaskHub, Secrets), RolesOf("identityOfJobs", await Deployment.MainAsync()));

    [Fact]
    public async Task Encoders_HaveWhatTheyNeed_AndSeeNoSecret() => Assert.Equal(
        Sorted(Blobs, Queues, Pull, Telemetry, TaskHub), RolesOf("identityOfEncoders", await Deployment.MainAsync()));

    [Fact]
    public async Task Storage_MayUseItsKey() => Assert.Equal([EncryptionKey], RolesOf("identityOfStorage", await Deployment.FullAsync()));

    [Fact]
    public async Task Storage_WithoutAKey_MayNothing() => Assert.Empty(RolesOf("identityOfStorage", await Deployment.MainAsync()));

    [Fact]
    public async Task Deployer_SeesDataAndTheHostsKeys() => Assert.Equal(
        Sorted(Blobs, Queues, Secrets), RolesOf(Deployment.Deployer, await Deployment.FullAsync()));

    [Fact]
    public async Task Everybody_IsGivenRolesOnOneResource()
    {
        var assignments = AssignmentsOf(await Deployment.FullAsync());

        Assert.NotEmpty(assignments);
        Assert.All(assignments, assignment => Assert.Matches("^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/.+/providers/Microsoft.Authorization/", assignment.TextAt("id")));
        Assert.All(
            assignments.Where(assignment => RoleOf(assignment) == TaskHub),
            assignment => Assert.Contains("/taskHubs/", assignment.TextAt("id"), StringComparison.Ordinal));
        Assert.All(
            assignments.Where(assignment => RoleOf(assignment) == EncryptionKey),
            assignment => Assert.Contains("/keys/", assignment.TextAt("id"), StringComparison.Ordinal));
    }

    private static string[] Sorted(params string[] roles) => [.. roles.Order(StringComparer.Ordinal)];

    private static string[] RolesOf(string principal, Deployment deployment) =>
    [
        .. AssignmentsOf(deployment)
            .Where(assignment => assignment.TextAt("properties.principalId").Contains(principal, StringComparison.Ordinal))
            .Select(RoleOf)
            .Order(StringComparer.Ordinal),
    ];

    private static IReadOnlyList<JsonElement> AssignmentsOf(Deployment deployment) =>
        deployment.OfType("Microsoft.Authorization/roleAssignments");

    private static string RoleOf(JsonElement assignment) => assignment.TextAt("properties.roleDefinitionId").Split('/')[^1];
}

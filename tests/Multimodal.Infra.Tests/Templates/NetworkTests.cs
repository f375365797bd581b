namespace Multimodal.Infra.Tests.Templates;

public sealed class NetworkTests
{
    [Fact]
    public async Task PrivateNetwork_ClosesDataServices_AndOpensThemWithin()
    {
        var main = await Deployment.FullAsync();

        Assert.All(
            (string[])["Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults", "Microsoft.DurableTask/schedulers"],
            type => Assert.Equal("Disabled", main.Single(type).TextAt("properties.publicNetworkAccess")));
        Assert.Equal("Deny", main.Single("Microsoft.Storage/storageAccounts").TextAt("properties.networkAcls.defaultAction"));
        Assert.Equal(
            ["blob", "queue", "scheduler", "vault"],
            main.OfType("Microsoft.Network/privateEndpoints")
                .SelectMany(endpoint => endpoint.At("properties.privateLinkServiceConnections").EnumerateArray())
                .SelectMany(connection => connection.TextsAt("properties.groupIds"))
                .Order(StringComparer.Ordinal));
        Assert.Equal(4, main.OfType("Microsoft.Network/privateDnsZones").Count);
        Assert.Equal(4, main.OfType("Microsoft.Network/privateDnsZones/virtualNetworkLinks").Count);
        Assert.True(main.Single("Microsoft.App/managedEnvironments").Has("properties.vnetConfiguration.infrastructureSubnetId"));
    }

    [Fact]
    public async Task PrivateNetwork_SubnetOfApps_IsDelegatedAndLargeEnough()
    {
        var network = (await Deployment.FullAsync()).Single("Microsoft.Network/virtualNetworks");

        var subnets = network.At("properties.subnets").EnumerateArray().ToDictionary(subnet => subnet.TextAt("name"));
        Assert.Equal("10.1.2.0/26", subnets["apps"].TextAt("properties.addressPrefix"));
        Assert.Equal("10.1.2.64/26", subnets["endpoints"].TextAt("properties.addressPrefix"));
        Assert.Equal(
            "Microsoft.App/environments",
            Assert.Single(subnets["apps"].At("properties.delegations").EnumerateArray()).TextAt("properties.serviceName"));
    }

    [Fact]
    public async Task NoPrivateNetwork_HasNone()
    {
        var main = await Deployment.MainAsync();

        Assert.Empty(main.OfType("Microsoft.Network/virtualNetworks"));
        Assert.Empty(main.OfType("Microsoft.Network/privateEndpoints"));
        Assert.Equal("Enabled", main.Single("Microsoft.Storage/storageAccounts").TextAt("properties.publicNetworkAccess"));
    }
}

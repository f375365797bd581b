using Multimodal.Testing.Azurite;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

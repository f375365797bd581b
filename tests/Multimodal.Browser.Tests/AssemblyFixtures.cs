using Multimodal.Browser.Tests.Fixtures;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

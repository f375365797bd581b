using Multimodal.Orchestration.Batches;
using Multimodal.Orchestration.Batches.Taking;
using Multimodal.Pipeline.Jobs;
using Multimodal.Pipeline.Preprocessing;
using Multimodal.Pipeline.Storage;
using Multimodal.Testing.Storage;

namespace Multimodal.Orchestration.Tests.Batches;

public sealed class BatchPageReaderTests
{
    private readonly InMemoryBlobStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Read_ByFolder_GivesEachFolderOnceAndWhole(int jobs)
    {
        // More blobs than a part of the listing has, so that folders lie across its ends.
        for (var folder = 0; folder < 60; folder++)
        {
            for (var file = 0; file < 7; file++)
            {
                await PutAsync($"in/f{folder:d2}/{file}.txt");
            }
        }

        await PutAsync("in/f07-b/0.txt");
        await PutAsync("other/f00/0.txt");

        var groups = await ReadAllAsync(BatchGrouping.Folder, "in/", jobs);

        Assert.Equal(61, groups.Count);
        Assert.Equal(groups.Select(group => group.Key).Distinct(), groups.Select(group => group.Key));
        Assert.All(groups, group => Assert.Null(group.Fault));
        Assert.All(groups.Where(group => group.Key != "f07-b"), group => Assert.Equal(
            Enumerable.Range(0, 7).Select(file => $"{file}.txt"), group.Files.Select(file => file.Name)));
    }

    [Fact]
    public async Task Read_LargestFolderAcrossSeveralParts_IsOneJob_AndALargerOneIsRefused()
    {
        for (var file = 0; file < BatchPageReader.MostFiles; file++)
        {
            await PutAsync($"a/{file:d4}.txt");
            await PutAsync($"b/{file:d4}.txt");
            await PutAsync($"b/{file:d4}.more.txt");
        }

        await PutAsync("c/1.txt");

        var groups = await ReadAllAsync(BatchGrouping.Folder, "", 1);

        Assert.Equal(3, groups.Count);
        Assert.Equal(BatchPageReader.MostFiles, groups[0].Files.Count);
        Assert.Equal(("b/", BatchCodes.TooMany), (groups[1].Fault!.Name, groups[1].Fault!.Code));
        Assert.Equal("c", groups[2].Key);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1000)]
    public async Task Read_ByBlob_GivesEachBlobOnce(int jobs)
    {
        string[] names = ["in/1.txt", "in/sub/1.txt", "in/sub/2 ü.txt", "in/z"];
        foreach (var name in names)
        {
            await PutAsync(name);
        }

        var groups = await ReadAllAsync(BatchGrouping.Blob, "in/", jobs);

        Assert.Equal(["1.txt", "sub/1.txt", "sub/2 ü.txt", "z"], groups.Select(group => group.Key));
        Assert.Equal(["1.txt", "1.txt", "2 ü.txt", "z"], groups.Select(group => Assert.Single(group.Files).Name));
        Assert.Equal(names, groups.Select(group => group.Files[0].Source.Name));
    }

    [Fact]
    public async Task Read_WhatCannotBeTakenIn_IsRefusedAlone()
    {
        await PutAsync("in/loose.txt");
        await PutAsync("in/a/good.txt");
        await PutAsync("in/a/empty.txt", "");
        await PutAsync("in/a/large.txt", new string('x', 200));
        await PutAsync("in/a/deep/er.txt");
        await PutAsync("in/a/back\\slash.txt");
        await PutAsync("in/b/empty.txt", "");
        await PutAsync("in/c/job.json", "{}");
        await PutAsync("in//nameless.txt");
        await PutAsync("in/d/good.txt");

        var groups = await ReadAllAsync(BatchGrouping.Folder, "in/", 10);

        Assert.Equal(["a", "d"], groups.Where(group => group.Fault is null).Select(group => group.Key));
        Assert.Equal(
            [InputErrorCodes.BadName, InputErrorCodes.Empty, BatchCodes.Misplaced, InputErrorCodes.TooLarge],
            groups.Single(group => group.Key == "a").Bad.Select(bad => bad.Error.Code).Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                ("in//nameless.txt", BatchCodes.Misplaced), ("in/b/", BatchCodes.NoInputs), ("in/c/", BatchCodes.NoInputs),
                ("in/loose.txt", BatchCodes.Misplaced),
            ],
            groups.Select(group => group.Fault).OfType<BatchRefusal>().Select(fault => (fault.Name, fault.Code)).Order());
    }

    [Fact]
    public async Task Read_PrefixOfNames_TakesFoldersThatBeginSo()
    {
        await PutAsync("in/img-1/a.txt");
        await PutAsync("in/img-2/a.txt");
        await PutAsync("in/snd-1/a.txt");

        Assert.Equal(["img-1", "img-2"], (await ReadAllAsync(BatchGrouping.Folder, "in/img", 10)).Select(group => group.Key));
    }

    private async Task PutAsync(string name, string content = "x") =>
        await _store.WriteAsync(new BlobPath(Containers.Bulk, name), System.Text.Encoding.UTF8.GetBytes(content), cancellationToken: Token);

    private async Task<List<BatchGroup>> ReadAllAsync(BatchGrouping groupBy, string prefix, int jobs)
    {
        var reader = new BatchPageReader(_store, new InputLimits { MaximumBytes = 100 });
        var batch = new BatchRecord
        {
            Id = "b",
            State = BatchState.Running,
            StartedAt = DateTimeOffset.UnixEpoch,
            Specification = new BatchSpecification
            {
                Container = Containers.Bulk, Prefix = prefix, GroupBy = groupBy, Options = new JobOptions(), MaximumOpenJobs = 10,
            },
        };
        var groups = new List<BatchGroup>();
        var listed = 0;
        while (!batch.Listed)
        {
            var page = await reader.ReadAsync(batch, jobs, Token);
            Assert.InRange(page.Groups.Count, 0, jobs);
            groups.AddRange(page.Groups);
            listed += page.Listed;
            batch = batch with { Cursor = page.Next, Listed = page.IsLast };
        }

        Assert.Equal(await _store.ListAsync(Containers.Bulk, prefix, Token).CountAsync(Token), listed);
        return groups;
    }
}

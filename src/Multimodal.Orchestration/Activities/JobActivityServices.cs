using Multimodal.Orchestration.Batches.Taking;

namespace Multimodal.Orchestration.Activities;

/// <summary>The code behind the activities, as a host composes it.</summary>
public sealed record JobActivityServices(
    ListInputsActivity ListInputs,
    EncodeActivity Encode,
    FuseAndExecuteActivity FuseAndExecute,
    PublishResultActivity PublishResult,
    LookAtBatchActivity LookAtBatch,
    TakeInPageActivity TakeInPage);

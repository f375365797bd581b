using Multimodal.Http.Health;
using Multimodal.Http.Listing;
using Multimodal.Http.Problems;
using Multimodal.Http.Submission;

namespace Multimodal.Http;

/// <summary>What the routes are made of themselves.</summary>
internal sealed record HttpServices(
    SubmissionReader Reader, JobEntrance Entrance, JobAnswers Answers, JobIndex Index, Readiness Readiness, ProblemResults Problems);

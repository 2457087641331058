using Gatehouse.Gateway.Tests.Running;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>Refusals in which Genesys names neither limit nor types.</summary>
public sealed class UnnamedLimitTests : GatewayAtScript
{
    [Fact]
    public async Task A_size_is_refused_with_the_limit_that_the_policy_shows()
    {
        Route.Answer = (_, _) => Task.FromResult<RouteOutcome>(new RouteOutcome.Refused(RefusedBecause.FileTooLarge, "Too large.") { Status = 413 });
        var answer = await Gateway.UploadAsync("ada", "hello");
        var policy = (await Gateway.GetAsync("/v1/policy")).Body.GetProperty("routes").EnumerateArray().Single(route => route.GetProperty("default").GetBoolean());
        Assert.Equal((413, "genesys"), (answer.Status, answer.Body.GetProperty("limit_by").GetString()));
        Assert.Equal(policy.GetProperty("max_file_bytes").GetInt64(), answer.Body.GetProperty("limit_bytes").GetInt64());
    }

    [Fact]
    public async Task A_type_is_refused_with_those_that_the_policy_shows()
    {
        Route.Answer = (_, _) => Task.FromResult<RouteOutcome>(new RouteOutcome.Refused(RefusedBecause.TypeNotAllowed, "Not this.") { Status = 400 });
        var answer = await Gateway.UploadAsync("ada", "hello");
        Assert.Equal(415, answer.Status);
        Assert.Equal(["image/png", "image/jpeg", "application/pdf", "text/plain"], answer.Body.GetProperty("allowed_mimes").EnumerateArray().Select(mime => mime.GetString()!));
    }
}

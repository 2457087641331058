using Gatehouse.Actors;
using Gatehouse.Actors.Contacts;
using Gatehouse.Gateway.Tests.Running;

namespace Gatehouse.Gateway.Tests.Delivery;

/// <summary>Contacts with nothing in line.</summary>
public sealed class IdleContactTests : GatewayAtSimulator
{
    private readonly ManualTime _clock = new();

    private protected override TimeProvider Time => _clock;

    [Fact]
    public async Task A_contact_of_whom_nothing_is_remembered_any_more_leaves_no_row_and_its_list_goes_on_newest_first()
    {
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "one")).Status);
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "two")).Status);
        _clock.Advance(TimeSpan.FromHours(26));
        await Eventually.GetAsync("the contact leaves no row", async () =>
        {
            var found = await Gateway.Get<IActorStore>().LoadAsync(new ActorKey(Gateway.Get<ContactActor>().Name, "ada"), CancellationToken.None);
            return (found.Version == 0, found);
        });
        Assert.Equal(200, (await Gateway.UploadAsync("ada", "three")).Status);
        var listed = (await Gateway.GetAsync("/v1/contacts/ada/uploads")).Body.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sha256").GetString());
        Assert.Equal([RunningGateway.Sha256("three"), RunningGateway.Sha256("two"), RunningGateway.Sha256("one")], listed);
    }
}

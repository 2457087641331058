using Gatehouse.Actors;
using Gatehouse.Gateway.Events;

namespace Gatehouse.Gateway.Tests.Events;

public sealed class StatusNumberTests
{
    [Theory]
    [InlineData(UploadStatus.Queued, 0, 1)]
    [InlineData(UploadStatus.Delivering, 0, 2)]
    [InlineData(UploadStatus.Delivered, 1, 3)]
    [InlineData(UploadStatus.Failed, 1, 3)]
    [InlineData(UploadStatus.Queued, 1, 3)]
    [InlineData(UploadStatus.Delivering, 1, 4)]
    [InlineData(UploadStatus.Expired, 2, 5)]
    public void A_number_says_how_many_statuses_there_were(UploadStatus status, int attempts, long number) => Assert.Equal(number, StatusNumber.Of(Row(status, attempts)));

    [Theory]
    [InlineData(UploadStatus.Delivering, "2", 2)]
    [InlineData(UploadStatus.Delivering, "3", 0)]
    [InlineData(UploadStatus.Queued, "2", 2)]
    [InlineData(UploadStatus.Queued, "3", 0)]
    [InlineData(UploadStatus.Delivered, "1", 1)]
    [InlineData(UploadStatus.Delivered, "2", 0)]
    [InlineData(UploadStatus.Queued, " 1", 0)]
    [InlineData(UploadStatus.Queued, "1.0", 0)]
    public void A_status_that_the_upload_cannot_have_had_was_not_seen(UploadStatus status, string lastEventId, long seen) => Assert.Equal(seen, StatusNumber.Seen(lastEventId, Row(status, 0)));

    [Fact]
    public void Who_names_none_or_two_has_seen_none()
    {
        Assert.Equal(0, StatusNumber.Seen(default, Row(UploadStatus.Queued, 0)));
        Assert.Equal(0, StatusNumber.Seen(new(["1", "1"]), Row(UploadStatus.Queued, 0)));
    }

    private static UploadRow Row(UploadStatus status, int attempts) => new()
    {
        Id = UploadId.New(),
        ContactId = "ada",
        Filename = "note.txt",
        OriginalFilename = "note.txt",
        Mime = "text/plain",
        Size = 5,
        Sha256 = new string('0', 64),
        Route = "scripted",
        CreatedAt = default,
        Status = status,
        Attempts = attempts,
    };
}

namespace Gatehouse.Simulator.Tests.WebMessaging;

public sealed class GuestSessionTests
{
    [Fact]
    public void An_attachment_that_was_said_twice_counts_once_and_the_first_is_forgotten()
    {
        var session = new GuestSession("d-1", "guest-1");
        var (first, second) = (Attachment("a-0"), Attachment("a-0"));
        session.Add(first);
        first.Upload.Put(new HashedBytes(1, "00", Image: null));
        session.Add(second);
        Assert.Null(first.Upload.Bytes);
        for (var i = 1; i < 100; i++)
            session.Add(Attachment($"a-{i}"));
        Assert.Same(second, session.Find("a-0"));
        session.Add(Attachment("a-100"));
        Assert.Null(session.Find("a-0"));
        Assert.NotNull(session.Find("a-1"));
    }

    private static GuestAttachment Attachment(string id) => new(id, new PresignedUpload("a.png", "image/png", 1, DateTimeOffset.MaxValue) { Headers = new Dictionary<string, string>() });
}

using Gatehouse.Actors;
using Gatehouse.Gateway.Links;
using Gatehouse.Genesys.Routes;

namespace Gatehouse.Gateway.Tests.Links;

public sealed class LinksGivenOutTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Of_an_uploads_links_the_one_that_lives_longest_counts_and_is_told_once()
    {
        var given = new LinksGivenOut(new Dated(Now.AddHours(1), Now.AddHours(3), Now.AddHours(2)), new ManualTime { Now = Now });
        var row = Row();
        for (var made = 0; made < 3; made++) await given.MakeAsync(row, CancellationToken.None);
        Assert.Null(given.Take(UploadId.New()));
        Assert.Equal(Now.AddHours(3), given.Take(row.Id));
        Assert.Null(given.Take(row.Id));
    }

    [Fact]
    public async Task What_was_never_taken_is_forgotten_when_it_has_expired()
    {
        var time = new ManualTime { Now = Now };
        var given = new LinksGivenOut(new Dated([.. Enumerable.Repeat(Now.AddHours(1), 5000), .. Enumerable.Repeat(Now.AddHours(3), 5000)]), time);
        for (var made = 0; made < 5000; made++) await given.MakeAsync(Row(), CancellationToken.None);
        Assert.Equal(5000, given.Count);
        time.Now = Now.AddHours(2);
        for (var made = 0; made < 5000; made++) await given.MakeAsync(Row(), CancellationToken.None);
        Assert.Equal(5000, given.Count);
    }

    private static UploadRow Row() => new() { Id = UploadId.New(), ContactId = "ada", Filename = "a", OriginalFilename = "a", Mime = "text/plain", Size = 1, Sha256 = "", Route = "linking", CreatedAt = Now };

    private sealed class Dated(params DateTimeOffset[] expires) : IFileLinks
    {
        private int _made;

        public ValueTask<FileLink> MakeAsync(UploadRow upload, CancellationToken cancellationToken) => new(new FileLink(new Uri("https://files.example/"), expires[_made++]));
    }
}

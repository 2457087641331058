using Gatehouse.Storage.Objects;

namespace Gatehouse.Storage.Tests.Objects;

public sealed class RemoteFileTests
{
    private readonly PatternFile _file = new(1_000_000);
    private readonly List<long> _asked = [];

    /// <summary>After so many bytes each answer ends, as of a server that does not wait for a slow reader.</summary>
    private long _endsAfter = long.MaxValue;

    [Fact]
    public async Task A_file_that_is_read_from_front_to_back_is_asked_for_once()
    {
        using var remote = Open();
        await _file.AssertSameAsync(remote);
        Assert.Equal([0], _asked);
    }

    [Fact]
    public async Task A_read_elsewhere_is_asked_for_anew()
    {
        using var remote = Open();
        var piece = new byte[1000];
        foreach (var offset in (long[])[5000, 6000, 100, 7000]) Assert.Equal(1000, await remote.ReadAtAsync(offset, piece, CancellationToken.None));
        Assert.Equal([5000, 100, 7000], _asked);
    }

    [Fact]
    public async Task An_answer_that_ended_while_it_lay_open_is_asked_for_again_where_it_ended()
    {
        _endsAfter = 300_000;
        using var remote = Open();
        await _file.AssertSameAsync(remote);
        Assert.Equal(0, _asked[0]);
        Assert.True(_asked.Count > 1);
    }

    [Fact]
    public async Task One_that_ends_at_once_is_an_error_and_one_that_is_gone_the_end()
    {
        _endsAfter = 0;
        using var remote = Open();
        await Assert.ThrowsAsync<IOException>(async () => await remote.ReadAtAsync(0, new byte[10], CancellationToken.None));
        using var gone = new RemoteFile(10, (_, _) => new((Stream?)null), TimeSpan.FromMinutes(1));
        Assert.Equal(0, await gone.ReadAtAsync(0, new byte[10], CancellationToken.None));
    }

    [Fact]
    public async Task Reads_at_the_same_time_do_not_take_each_others_bytes()
    {
        using var remote = Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _file.AssertSameAsync(remote))));
    }

    private RemoteFile Open() => new(
        _file.Length,
        (offset, _) =>
        {
            lock (_asked) _asked.Add(offset);
            return new(new Gatehouse.Actors.FileBytesStream(_file, offset, Math.Min(_endsAfter, _file.Length - offset)));
        },
        TimeSpan.FromMinutes(1));
}

namespace Gatehouse.Actors;

/// <summary>Word from node to node that uploads have ended, for those who wait for it where they were not sent. A word may be lost: the rows decide.</summary>
public interface IEndNotices
{
    /// <summary>The most ids that one notice holds.</summary>
    int MostIds { get; }

    /// <summary>To every node that listens. After their commit.</summary>
    ValueTask SendAsync(IReadOnlyCollection<UploadId> ended, CancellationToken cancellationToken);

    /// <summary>What is sent from now on, by this node too, until the way breaks: then <see cref="StoreUnavailableException"/>.</summary>
    IAsyncEnumerable<IReadOnlyList<UploadId>> ListenAsync(CancellationToken cancellationToken);
}
